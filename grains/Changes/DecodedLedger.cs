using BitFaster.Caching.Lru;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>
/// The records of a home as its watchers read them: all watch the same end of the ledger, so each record is decoded once. Bounded: the
/// newest ones are kept. Safe for concurrent use.
/// </summary>
internal sealed class DecodedLedger(IHomeStore store, CompartmentCache compartments)
{
    /// <summary>Most records of one reading.</summary>
    public const int RecordsMax = 256;

    private const int KeptMax = 512;
    private const int BytesPerRead = 1 << 20;

    private readonly ConcurrentLru<long, DecodedRecord> _kept = new(KeptMax);

    /// <summary>Records behind a position, in order, at least one if there is one, at most <see cref="RecordsMax"/>.</summary>
    public async ValueTask<IReadOnlyList<DecodedRecord>> After(long position, CancellationToken cancellation)
    {
        var (records, head) = (new List<DecodedRecord>(), store.Head);
        while (records.Count < RecordsMax && position < head)
        {
            if (!_kept.TryGet(position + 1, out var known))
            {
                foreach (var record in await store.ReadLedger(position, BytesPerRead, cancellation))
                {
                    var decoded = DecodedRecord.Of(record, store.Home.IsHub, compartments);
                    _kept.AddOrUpdate(record.Position, decoded);
                    known ??= decoded;
                }
            }
            // Retention took away whatever there was.
            if (known is null) break;
            records.Add(known);
            position = known.Position;
        }
        return records;
    }
}
