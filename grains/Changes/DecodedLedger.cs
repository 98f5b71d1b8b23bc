using BitFaster.Caching.Lru;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>
/// The records of a home as its watchers read them: all watch the same end of the ledger, so each record is decoded once. Bounded: the
/// newest ones that are not large are kept. Safe for concurrent use.
/// </summary>
internal sealed class DecodedLedger(IHomeStore store, CompartmentCache compartments)
{
    /// <summary>Most records of one reading.</summary>
    public const int RecordsMax = 256;

    private const int KeptMax = 512;
    private const int KeptObservablesMax = 1_024;
    private const int BytesPerRead = 1 << 18;

    private readonly ConcurrentLru<long, DecodedRecord> _kept = new(KeptMax);

    /// <summary>Records behind a position and not behind another, in order, at least one if there is one, then up to
    /// <see cref="RecordsMax"/> and about 256 KiB that have to be read.</summary>
    public async ValueTask<IReadOnlyList<DecodedRecord>> After(long position, long through, CancellationToken cancellation)
    {
        var records = new List<DecodedRecord>();
        while (records.Count < RecordsMax && position < through && _kept.TryGet(position + 1, out var known))
        {
            records.Add(known);
            position = known.Position;
        }
        if (records.Count == RecordsMax || position >= through) return records;
        foreach (var record in await store.ReadLedger(position, BytesPerRead, cancellation))
        {
            if (records.Count == RecordsMax || record.Position > through) break;
            var decoded = DecodedRecord.Of(record, store.Home.IsHub, compartments);
            if (decoded.Named.Sum(named => named.Observables.Length) <= KeptObservablesMax) _kept.AddOrUpdate(record.Position, decoded);
            records.Add(decoded);
        }
        return records;
    }
}
