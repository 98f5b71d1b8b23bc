using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>When a ledger held what.</summary>
internal static class LedgerTimes
{
    /// <summary>The position of the newest record that had been accepted at an instant (Unix milliseconds UTC). What retention has removed
    /// had been.</summary>
    /// <exception cref="StoreUnavailableException">The ledger cannot be read.</exception>
    public static async ValueTask<long> PositionAt(IHomeStore store, long instant, CancellationToken cancellation)
    {
        var (low, high) = (store.RetiredTo, store.Head);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            var record = await store.ReadRecord(middle, cancellation);
            if (record is null || RecordHeader.Read(record.Header.Span).AcceptedAt <= instant) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
