using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Releases;

/// <summary>How far the releases of this node's jurisdictions are behind their ledgers: for the operator, never for a partner.</summary>
public sealed class ReleaseLag(IGridStore stores)
{
    private readonly ConcurrentDictionary<Home, long> _applied = new();
    private readonly ConcurrentDictionary<string, DroppedLedger> _dropped = new(StringComparer.Ordinal);

    /// <summary>The records that are not yet applied at the hub, over all carried jurisdictions.</summary>
    public long PendingRecords =>
        stores.Homes.Where(h => !h.IsHub).Sum(h => stores[h].Head - _applied.GetValueOrDefault(h));

    /// <summary>The position of a home's ledger up to which the hub has applied it, as far as this node knows; 0 at first.</summary>
    public long AppliedOf(Home home) => _applied.GetValueOrDefault(home);

    /// <summary>What the hub has dropped since this node's start of ledgers that went back; the newest of each jurisdiction.</summary>
    public IReadOnlyCollection<DroppedLedger> Dropped => [.. _dropped.Values.OrderBy(each => each.Jurisdiction, StringComparer.Ordinal)];

    internal void ReportDropped(DroppedLedger dropped) => _dropped[dropped.Jurisdiction] = dropped;

    internal void Report(Home home, long applied) => _applied[home] = applied;
}
