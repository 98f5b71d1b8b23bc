using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>How far the lists of this node's homes are behind their ledgers: for the operator, never for a partner.</summary>
public sealed class LastSeenLag(IGridStore stores)
{
    /// <summary>The records that are in no index yet, over all carried homes.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async ValueTask<long> PendingRecords(CancellationToken cancellation)
    {
        long pending = 0;
        foreach (var home in stores.Homes)
        {
            // In this order: what is committed in between counts as pending rather than as less than nothing.
            var indexed = await stores[home].LastSeen.ReadPosition(cancellation);
            pending += stores[home].Head - indexed;
        }
        return pending;
    }
}
