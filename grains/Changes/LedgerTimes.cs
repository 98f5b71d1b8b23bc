using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>When a ledger held what.</summary>
internal static class LedgerTimes
{
    /// <summary>When a record was accepted (Unix milliseconds UTC); null where retention has removed it.</summary>
    /// <exception cref="StoreUnavailableException">The ledger cannot be read.</exception>
    public static async ValueTask<long?> AcceptedAt(IHomeStore store, long position, CancellationToken cancellation) =>
        await store.ReadRecord(position, cancellation) is { } record ? RecordHeader.Read(record.Header.Span).AcceptedAt : null;

    /// <summary>The position up to which a ledger had been accepted at an instant (Unix milliseconds UTC); what retention has removed had
    /// been. Acceptance rises with position, but for the milliseconds by which commits of several silos overtake one another.</summary>
    /// <exception cref="StoreUnavailableException">The ledger cannot be read.</exception>
    public static async ValueTask<long> PositionAt(IHomeStore store, long instant, CancellationToken cancellation)
    {
        var (low, high) = (store.RetiredTo, store.Head);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (await AcceptedAt(store, middle, cancellation) is { } at && at > instant) high = middle - 1;
            else low = middle;
        }
        return low;
    }
}
