using System.Buffers.Binary;
using System.Runtime.InteropServices;
using BitFaster.Caching.Lru;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Redis.Commit;

/// <summary>
/// The bound on distinct markings (each with kind and types) of one owner on one observable, as the embedded store keeps it; here the
/// server looks, within the commit, whether what this writer knows of an owner is still all there is. Both sets only grow, so that their
/// size tells.
/// </summary>
internal sealed class GroupMarkings(int subjectsKeptMax)
{
    private readonly Dictionary<string, HashSet<ulong>> _used = [];
    private readonly FastConcurrentLru<OwnedSubject, KnownMarkings> _known = new(subjectsKeptMax);
    private readonly Dictionary<string, HashSet<ulong>> _added = [];
    private readonly Dictionary<OwnedSubject, Working> _working = [];
    private readonly List<(QueuedBatch Batch, int Item)> _accepted = [];
    private readonly Dictionary<OwnedSubject, DistinctMarkings> _inFlight = [];
    private readonly List<Working> _touched = [];
    private int _indexed;

    /// <summary>What has to be read before the group can be built.</summary>
    public List<OwnedSubject> Missing { get; } = [];

    /// <summary>The sets that the group changes.</summary>
    public List<(OwnedSubject Subject, KnownMarkings Known, DistinctMarkings Content)> Changed { get; } = [];

    /// <summary>Begins an attempt.</summary>
    public void Begin()
    {
        _added.Clear();
        _working.Clear();
        _accepted.Clear();
        _inFlight.Clear();
        _indexed = 0;
        Missing.Clear();
        Changed.Clear();
    }

    /// <summary>Whether a new item may enter; if so, its marking counts from now on.</summary>
    public bool Allows(QueuedBatch batch, int index)
    {
        var owner = batch.Batch.Owner;
        var marking = batch.Batch.Items[index].MarkingDigest;
        var (used, added) = (Of(_used, owner), Of(_added, owner));
        if (used.Count + added.Count <= Bounds.MarkingsPerOwnerMax && !used.Contains(marking)) added.Add(marking);
        if (used.Count + added.Count > Bounds.MarkingsPerOwnerMax && !HasRoom(batch, index, marking)) return false;
        _accepted.Add((batch, index));
        return true;
    }

    /// <summary>In how many bytes an owner's markings are kept, as far as this writer knows.</summary>
    public int BytesOf(string owner) => sizeof(ulong) * Of(_used, owner).Count;

    /// <summary>What the group adds to an owner's markings.</summary>
    public byte[] AddedOf(string owner)
    {
        var added = Of(_added, owner);
        var bytes = new byte[sizeof(ulong) * added.Count];
        var at = 0;
        foreach (var marking in added) BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(sizeof(ulong) * at++), marking);
        return bytes;
    }

    /// <summary>Lists the sets that the group changes.</summary>
    public void CollectChanged()
    {
        foreach (var (subject, working) in _working)
            if (working.IsChanged) Changed.Add((subject, working.Known, working.Set));
    }

    /// <summary>The group is durable.</summary>
    public void Complete()
    {
        foreach (var (owner, added) in _added) Of(_used, owner).UnionWith(added);
        foreach (var (subject, _, set) in Changed)
            _known.AddOrUpdate(subject, new(set.All.ToArray(), SmallFormats.Markings(set.All).Length, []));
    }

    /// <summary>The server told an owner's markings.</summary>
    public void Learn(string owner, ReadOnlySpan<byte> stored)
    {
        var used = Of(_used, owner);
        used.Clear();
        for (; stored.Length >= sizeof(ulong); stored = stored[sizeof(ulong)..]) used.Add(BinaryPrimitives.ReadUInt64BigEndian(stored));
    }

    /// <summary>A set was read.</summary>
    public void Learn(in OwnedSubject subject, KnownMarkings known) => _known.AddOrUpdate(subject, known);

    /// <summary>A set turned out to be another.</summary>
    public void Forget(in OwnedSubject subject) => _known.TryRemove(subject);

    private bool HasRoom(QueuedBatch batch, int index, ulong marking)
    {
        _touched.Clear();
        foreach (ref readonly var fragment in FragmentsOf(batch, index))
        {
            if (fragment.Family != SubjectFamily.Indicator) continue;
            var working = Count(new(batch.Batch.Owner, fragment.Subject));
            if (working.Set.Count >= Bounds.MarkingsPerOwnerMax && !working.Set.Contains(marking)) return false;
            _touched.Add(working);
        }

        foreach (var working in _touched) working.Add(marking);
        return true;
    }

    private Working Count(in OwnedSubject subject)
    {
        if (_working.TryGetValue(subject, out var working)) return working;
        if (!_known.TryGet(subject, out var known))
        {
            Missing.Add(subject);
            known = new([], 0, []);
        }

        // What was counted is kept from now on.
        _working[subject] = working = new(known) { IsChanged = known.StoredBytes == 0 };
        IndexGroup();
        if (_inFlight.TryGetValue(subject, out var ofGroup))
            foreach (var marking in ofGroup.All) working.Add(marking);
        return working;
    }

    // Each item of a group is looked at once, however many subjects are counted in it.
    private void IndexGroup()
    {
        for (; _indexed < _accepted.Count; _indexed++)
        {
            var (batch, item) = _accepted[_indexed];
            foreach (ref readonly var fragment in FragmentsOf(batch, item))
            {
                if (fragment.Family != SubjectFamily.Indicator) continue;
                ref var markings = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    _inFlight, new(batch.Batch.Owner, fragment.Subject), out _);
                (markings ??= new()).Add(batch.Batch.Items[item].MarkingDigest);
            }
        }
    }

    private static HashSet<ulong> Of(Dictionary<string, HashSet<ulong>> sets, string owner)
    {
        ref var set = ref CollectionsMarshal.GetValueRefOrAddDefault(sets, owner, out _);
        return set ??= [];
    }

    private static ReadOnlySpan<PreparedFragment> FragmentsOf(QueuedBatch batch, int index)
    {
        ref readonly var item = ref batch.Batch.Items[index];
        return batch.Batch.Fragments.AsSpan(item.FragmentStart, item.FragmentCount);
    }

    private sealed class Working
    {
        public Working(KnownMarkings known)
        {
            Known = known;
            foreach (var marking in known.Digests) Set.Add(marking);
        }

        public KnownMarkings Known { get; }

        public DistinctMarkings Set { get; } = new();

        public bool IsChanged { get; set; }

        public void Add(ulong marking) => IsChanged |= Set.Add(marking);
    }
}
