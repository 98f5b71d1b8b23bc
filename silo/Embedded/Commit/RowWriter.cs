using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>
/// Packs the fragments of a group into one row per home and subject, at the position of the home's last record in the group.
/// </summary>
internal sealed class RowWriter
{
    private ulong[] order = new ulong[1024];
    private int[] places = new int[1024];
    private Source[] sources = new Source[1024];
    private int count;

    /// <summary>Adds the rows of the records to the batch.</summary>
    public void Write(BatchBuffer buffer, List<GroupRecord> records)
    {
        foreach (var ledger in records.Select(record => record.Ledger).Distinct())
        {
            count = 0;
            foreach (var record in records) if (record.Ledger == ledger) Collect(record);
            Array.Sort(order, places, 0, count);
            for (int start = 0, end; start < count; start = end)
            {
                for (end = start + 1; end < count && order[end] == order[start];) end++;
                WriteRun(buffer, ledger, places.AsSpan(start, end - start));
            }
        }

        Array.Clear(sources, 0, Math.Min(count, sources.Length));
    }

    private void Collect(GroupRecord record)
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

    // A run shares the first 64 bits of its subjects, which nearly always means one subject.
    private void WriteRun(BatchBuffer buffer, HomeLedger ledger, Span<int> run)
    {
        if (run.Length > 1) run.Sort(InOrder);
        for (int start = 0, end; start < run.Length; start = end)
        {
            for (end = start + 1; end < run.Length && CompareSubjects(run[end], run[start]) == 0;) end++;
            WriteRow(buffer, ledger, run[start..end]);
        }
    }

    private void WriteRow(BatchBuffer buffer, HomeLedger ledger, ReadOnlySpan<int> fragments)
    {
        var position = ledger.Next;
        var size = 1;
        foreach (var place in fragments)
            size += RowFormat.FragmentSize(position - sources[place].Record.Position, Fragment(place).Length);
        Span<byte> key = stackalloc byte[Keys.RowSize];
        ref readonly var subject = ref Fragment(fragments[0]);
        Keys.WriteRow(key, ledger.Prefix, subject.Family, subject.Subject, position);
        ledger.Grown.AddRow(subject.Family, subject.Subject);
        var value = buffer.Put(Family.Rows, key, size);
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
