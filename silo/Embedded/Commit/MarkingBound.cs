using BitFaster.Caching.Lru;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>
/// The bound on distinct markings (each with kind and types) of one owner on one observable. Exact, and free for every owner that
/// never used more markings in all than one observable may have; beyond, each observable is counted over snapshot, rows and the
/// group in flight.
/// </summary>
internal sealed class MarkingBound(IMarkingCensus census, StoreTuning tuning)
{
    private readonly FastConcurrentLru<Subject, HashSet<ulong>> counted = new(tuning.CensusSubjectsKeptMax);
    private readonly List<(PendingBatch Pending, int Item)> accepted = [];
    private Database database = null!;
    private BatchBuffer buffer = null!;

    public void BeginGroup(Database open, BatchBuffer batch)
    {
        database = open;
        buffer = batch;
        accepted.Clear();
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
        var subjects = Observables(pending, index).Select(subject => Count(pending, subject)).ToList();
        if (subjects.Exists(known => !known.Contains(marking) && known.Count >= Bounds.MarkingsPerOwnerMax)) return false;
        foreach (var known in subjects) known.Add(marking);
        return true;
    }

    private HashSet<ulong> Count(PendingBatch pending, Digest subject)
    {
        var key = new Subject(pending.Ledger.Prefix, pending.Owner.Number, subject);
        if (counted.TryGet(key, out var known)) return known;
        var ledger = pending.Ledger;
        var snapshot = Reading.Snapshot(database, ledger.Prefix, SubjectFamily.Indicator, subject);
        var rows = Reading.AllRows(database, ledger.Prefix, SubjectFamily.Indicator, subject, snapshot?.Position ?? 0);
        known = [.. census.MarkingsOf(pending.Owner.Name, snapshot, rows)];
        foreach (var (other, item) in accepted)
        {
            if (other.Owner == pending.Owner && Observables(other, item).Contains(subject))
                known.Add(other.Batch.Items[item].MarkingDigest);
        }

        counted.AddOrUpdate(key, known);
        return known;
    }

    private static IEnumerable<Digest> Observables(PendingBatch pending, int index)
    {
        var item = pending.Batch.Items[index];
        for (var f = item.FragmentStart; f < item.FragmentStart + item.FragmentCount; f++)
        {
            var fragment = pending.Batch.Fragments[f];
            if (fragment.Family == SubjectFamily.Indicator) yield return fragment.Subject;
        }
    }

    private readonly record struct Subject(uint Prefix, uint Owner, Digest Digest);
}
