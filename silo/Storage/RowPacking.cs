using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Storage;

/// <summary>Packs the fragments of a group's records in one home into one row per subject.</summary>
internal sealed class RowPacking
{
    private ulong[] order = new ulong[1024];
    private int[] places = new int[1024];
    private Source[] sources = new Source[1024];
    private int count;

    /// <summary>Forgets what was added.</summary>
    public void Clear()
    {
        Array.Clear(sources, 0, count);
        count = 0;
    }

    /// <summary>Adds the fragments of a record's accepted items.</summary>
    public void Add(GroupRecord record)
    {
        for (var i = 0; i < record.Items.Length; i++)
        {
            if (record.Fates[i] != ItemFate.Accepted) continue;
            var end = record.Items[i].FragmentStart + record.Items[i].FragmentCount;
            for (var f = record.Items[i].FragmentStart; f < end; f++)
            {
                if (count == sources.Length) Grow();
                order[count] = record.Fragments[f].Subject.A;
                places[count] = count;
                sources[count++] = new Source(record, f);
            }
        }
    }

    /// <summary>Writes the rows at a position, that of the newest record that was added.</summary>
    public void Pack(long position, IRowTarget target)
    {
        Array.Sort(order, places, 0, count);
        for (int start = 0, end; start < count; start = end)
        {
            for (end = start + 1; end < count && order[end] == order[start];) end++;
            PackRun(position, target, places.AsSpan(start, end - start));
        }
    }

    // A run shares the first 64 bits of its subjects, which nearly always means one subject.
    private void PackRun(long position, IRowTarget target, Span<int> run)
    {
        if (run.Length > 1) run.Sort(InOrder);
        for (int start = 0, end; start < run.Length; start = end)
        {
            for (end = start + 1; end < run.Length && CompareSubjects(run[end], run[start]) == 0;) end++;
            PackRow(position, target, run[start..end]);
        }
    }

    private void PackRow(long position, IRowTarget target, ReadOnlySpan<int> fragments)
    {
        var size = 1;
        foreach (var place in fragments)
            size += RowFormat.FragmentSize(position - sources[place].Record.Position, Fragment(place).Length);
        ref readonly var subject = ref Fragment(fragments[0]);
        var value = target.Row(subject.Family, subject.Subject, position, size);
        value[0] = RowFormat.Version;
        var at = 1;
        foreach (var place in fragments)
        {
            ref readonly var fragment = ref Fragment(place);
            var record = sources[place].Record;
            var content = record.FragmentContent.Span.Slice(fragment.Start, fragment.Length);
            at += RowFormat.WriteFragment(value[at..], position - record.Position, content);
        }
    }

    private ref readonly PreparedFragment Fragment(int place) => ref sources[place].Record.Fragments[sources[place].Index];

    private int InOrder(int left, int right)
    {
        var bySubject = CompareSubjects(left, right);
        return bySubject != 0 ? bySubject : left.CompareTo(right);
    }

    private int CompareSubjects(int left, int right)
    {
        ref readonly var a = ref Fragment(left);
        ref readonly var b = ref Fragment(right);
        if (a.Family != b.Family) return a.Family.CompareTo(b.Family);
        if (a.Subject.B != b.Subject.B) return a.Subject.B.CompareTo(b.Subject.B);
        return a.Subject.C != b.Subject.C ? a.Subject.C.CompareTo(b.Subject.C) : a.Subject.D.CompareTo(b.Subject.D);
    }

    private void Grow()
    {
        Array.Resize(ref order, order.Length * 2);
        Array.Resize(ref places, places.Length * 2);
        Array.Resize(ref sources, sources.Length * 2);
    }

    private readonly record struct Source(GroupRecord Record, int Index);
}

/// <summary>Takes the rows of a group.</summary>
internal interface IRowTarget
{
    /// <summary>Adds a row of so many bytes and gives where they are to be written at once.</summary>
    Span<byte> Row(SubjectFamily family, in Digest subject, long position, int size);
}

/// <summary>A record that a group writes: what its rows need.</summary>
internal sealed record GroupRecord(
    long Position, PreparedItem[] Items, ItemFate[] Fates, PreparedFragment[] Fragments, ReadOnlyMemory<byte> FragmentContent);
