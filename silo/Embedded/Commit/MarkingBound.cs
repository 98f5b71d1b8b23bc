using System.Runtime.InteropServices;
using BitFaster.Caching.Lru;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>
/// The bound on distinct markings (each with kind and types) of one owner on one observable. Exact, and free for every owner that
/// never used more markings in all than one observable may have. Beyond, the owner's markings on each observable that it names are
/// kept in the store: counted once, over snapshot, rows and the group in flight, and written with each new one.
/// </summary>
internal sealed class MarkingBound(IMarkingCensus census, StoreTuning tuning)
{
    private readonly FastConcurrentLru<Subject, DistinctMarkings> counted = new(tuning.CensusSubjectsKeptMax);
    private readonly List<(PendingBatch Pending, int Item)> accepted = [];
    private readonly Dictionary<Subject, DistinctMarkings> inFlight = [];
    private readonly List<(Digest Subject, DistinctMarkings Known)> touched = [];
    private int indexed;
    private Database database = null!;
    private BatchBuffer buffer = null!;

    public void BeginGroup(Database open, BatchBuffer batch)
    {
        database = open;
        buffer = batch;
        accepted.Clear();
        inFlight.Clear();
        indexed = 0;
    }

    /// <summary>Forgets what it counted: a group failed, so what it counted may not be stored.</summary>
    public void Forget() => counted.Clear();

    /// <summary>Whether a new item may enter; if so, its marking counts from now on.</summary>
    public bool Allows(PendingBatch pending, int index)
    {
        var used = pending.Owner.Markings;
        var marking = pending.Batch.Items[index].MarkingDigest;
        if (used.Count <= Bounds.MarkingsPerOwnerMax && used.Add(marking))
            buffer.Put(Family.Meta, Keys.Marking(pending.Ledger.Prefix, pending.Owner.Number, marking), 0);
        if (used.Count > Bounds.MarkingsPerOwnerMax && !HasRoom(pending, index, marking)) return false;
        accepted.Add((pending, index));
        return true;
    }

    private bool HasRoom(PendingBatch pending, int index, ulong marking)
    {
        touched.Clear();
        foreach (ref readonly var fragment in FragmentsOf(pending, index))
        {
            if (fragment.Family != SubjectFamily.Indicator) continue;
            var known = Count(pending, fragment.Subject);
            if (known.Count >= Bounds.MarkingsPerOwnerMax && !known.Contains(marking)) return false;
            touched.Add((fragment.Subject, known));
        }
        foreach (var (subject, known) in touched)
            if (known.Add(marking)) Keep(pending, subject, known);
        return true;
    }

    private DistinctMarkings Count(PendingBatch pending, in Digest digest)
    {
        var subject = SubjectOf(pending, digest);
        if (counted.TryGet(subject, out var known)) return known;
        var kept = database.Get(Family.Meta, Keys.MarkingsOn(subject.Prefix, subject.Owner, digest));
        known = kept is not null ? SmallFormats.ReadMarkings(kept) : CountStored(pending, digest);
        IndexGroup();
        if (inFlight.TryGetValue(subject, out var ofGroup))
            foreach (var marking in ofGroup.All) known.Add(marking);
        if (kept is null) Keep(pending, digest, known);
        counted.AddOrUpdate(subject, known);
        return known;
    }

    private DistinctMarkings CountStored(PendingBatch pending, in Digest digest)
    {
        var prefix = pending.Ledger.Prefix;
        var snapshot = Reading.Snapshot(database, prefix, SubjectFamily.Indicator, digest);
        var rows = Reading.AllRows(database, prefix, SubjectFamily.Indicator, digest, snapshot?.Position ?? 0);
        var known = new DistinctMarkings();
        foreach (var marking in census.MarkingsOf(pending.Owner.Name, snapshot, rows)) known.Add(marking);
        return known;
    }

    private void Keep(PendingBatch pending, in Digest digest, DistinctMarkings known) => buffer.Put(
        Family.Meta, Keys.MarkingsOn(pending.Ledger.Prefix, pending.Owner.Number, digest), SmallFormats.Markings(known.All));

    // Each item of a group is looked at once, however many subjects are counted in it.
    private void IndexGroup()
    {
        for (; indexed < accepted.Count; indexed++)
        {
            var (pending, item) = accepted[indexed];
            foreach (ref readonly var fragment in FragmentsOf(pending, item))
            {
                if (fragment.Family != SubjectFamily.Indicator) continue;
                ref var markings = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    inFlight, SubjectOf(pending, fragment.Subject), out _);
                (markings ??= new()).Add(pending.Batch.Items[item].MarkingDigest);
            }
        }
    }

    private static ReadOnlySpan<PreparedFragment> FragmentsOf(PendingBatch pending, int index)
    {
        ref readonly var item = ref pending.Batch.Items[index];
        return pending.Batch.Fragments.AsSpan(item.FragmentStart, item.FragmentCount);
    }

    private static Subject SubjectOf(PendingBatch pending, in Digest digest) =>
        new(pending.Ledger.Prefix, pending.Owner.Number, digest);

    private readonly record struct Subject(uint Prefix, uint Owner, Digest Digest);
}
