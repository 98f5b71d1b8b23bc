namespace CrossBorderSoc.Silo.Storage;

/// <summary>A small set of digests of markings: most observables have one or two of an owner, and thousands of sets are kept.</summary>
internal sealed class DistinctMarkings
{
    private const int CapacityFirst = 2;

    private ulong[] _digests = new ulong[CapacityFirst];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>All of them, in the order in which they came.</summary>
    public ReadOnlySpan<ulong> All => _digests.AsSpan(0, Count);

    /// <summary>Whether a digest is among them.</summary>
    public bool Contains(ulong digest) => All.Contains(digest);

    /// <summary>Adds a digest; false if it is there.</summary>
    public bool Add(ulong digest)
    {
        if (Contains(digest)) return false;
        if (Count == _digests.Length) Array.Resize(ref _digests, 2 * Count);
        _digests[Count++] = digest;
        return true;
    }
}
