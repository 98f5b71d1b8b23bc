using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis.Commit;

/// <summary>Reads an owner's markings on an observable from the server: those that are kept, else by counting snapshot and rows.</summary>
internal sealed class MarkingReader(RedisLedger ledger, IMarkingCensus census)
{
    private const int RowsPerChunk = 256;
    private const int BytesPerChunk = 1 << 20;
    private const int AttemptsMax = 20;

    /// <summary>Reads them. What changes meanwhile is found when the group is committed.</summary>
    public async Task<KnownMarkings> Read(OwnedSubject subject)
    {
        var redis = ledger.Link.Reads;
        var kept = (byte[]?)await redis.StringGetAsync(ledger.Keys.KeptMarkings(subject.Owner, subject.Digest), CommandFlags.DemandMaster);
        if (kept is not null) return new(SmallFormats.ReadMarkings(kept).All.ToArray(), kept.Length, []);
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var newest = (byte[]?)await redis.ListGetByIndexAsync(
                ledger.Keys.Rows(SubjectFamily.Indicator, subject.Digest), -1, CommandFlags.DemandMaster);
            var snapshot = await Snapshot(subject);
            // The census asks for rows one after the other, so that no more than a chunk is in memory; that it waits is rare.
            var counted = census.MarkingsOf(subject.Owner, snapshot, AllRows(subject, snapshot?.Position ?? 0));
            // A snapshot that took the place of rows in between holds what was not counted.
            if ((await Snapshot(subject))?.Position == snapshot?.Position)
                return new([.. counted], 0, newest is null ? [] : newest[..sizeof(long)]);
        }

        throw new StoreUnavailableException("The store is busy: a subject's rows are taken away all the while.");
    }

    private async Task<Snapshot?> Snapshot(OwnedSubject subject)
    {
        var key = ledger.Keys.Snapshot(SubjectFamily.Indicator, subject.Digest);
        return (byte[]?)await ledger.Link.Reads.StringGetAsync(key, CommandFlags.DemandMaster) is { } value
            ? SmallFormats.ReadSnapshot(value) : null;
    }

    private IEnumerable<Row> AllRows(OwnedSubject subject, long after)
    {
        while (true)
        {
            var chunk = RowReading.Up(ledger, SubjectFamily.Indicator, subject.Digest, after, RowsPerChunk, BytesPerChunk, default)
                .GetAwaiter().GetResult();
            if (chunk.Count == 0) yield break;
            foreach (var row in chunk) yield return row;
            after = chunk[^1].Position;
        }
    }
}
