using BitFaster.Caching.Lru;
using CrossBorderSoc.Contracts.Policy;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// One clearance per caller and policy history, bounded: the callers that asked least recently go. Safe for concurrent
/// use.
/// </summary>
/// <param name="max">Most clearances kept.</param>
public sealed class ClearanceCache(int max = 1_024)
{
    private readonly ConcurrentLru<(Caller Caller, PolicyHistory History), Clearance> _clearances = new(max);

    /// <summary>
    /// The clearance of a caller under a history. Histories are told apart by reference: replace yours only by what
    /// changed.
    /// </summary>
    public Clearance Get(Caller caller, PolicyHistory history) =>
        _clearances.GetOrAdd((caller, history), static key => new(key.Caller, key.History));
}
