using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis.Commit;

/// <summary>
/// Reads owners' markings on observables from the server: those that are kept; else they are counted, in snapshot and rows. What changes
/// between this and the commit is found by the commit.
/// </summary>
internal sealed class MarkingReader(RedisLedger ledger, IMarkingCensus census)
{
    private const int RowsPerChunk = 256;
    private const int BytesPerChunk = 1 << 20;
    private const int AttemptsMax = 20;
    private const int SubjectsPerCall = 500;
    private const int AtOnce = 16;

    /// <summary>Reads them all.</summary>
    public async Task<List<(OwnedSubject Subject, KnownMarkings Known)>> Read(List<OwnedSubject> subjects)
    {
        var read = new List<(OwnedSubject, KnownMarkings)>();
        var uncounted = new List<OwnedSubject>();
        foreach (var part in subjects.Chunk(SubjectsPerCall))
        {
            var names = part.SelectMany(each => new RedisValue[]
            {
                RedisKeys.MarkingsOn(each.Owner, each.Digest), RedisKeys.Subject(SubjectFamily.Indicator, each.Digest),
            });
            var found = (RedisResult[])(await ledger.Link.Read(RedisScript.Markings, [ledger.Keys.Meta], [.. names]))!;
            for (var i = 0; i < part.Length; i++)
            {
                var (kept, newest) = ((byte[])found[3 * i]!, (byte[])found[3 * i + 1]!);
                if (kept.Length > 0) read.Add((part[i], new(SmallFormats.ReadMarkings(kept).All.ToArray(), kept.Length, [])));
                else if (newest.Length == 0 && (int)found[3 * i + 2] == 0) read.Add((part[i], Counted(part[i], null, [], newest)));
                else uncounted.Add(part[i]);
            }
        }

        await Parallel.ForEachAsync(uncounted, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (subject, _) =>
        {
            var counted = await Count(subject);
            lock (read) read.Add((subject, counted));
        });
        return read;
    }

    private async Task<KnownMarkings> Count(OwnedSubject subject)
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var newest = (byte[]?)await ledger.Link.Reads.ListGetByIndexAsync(
                ledger.Keys.Rows(SubjectFamily.Indicator, subject.Digest), -1, CommandFlags.DemandMaster);
            var snapshot = await Snapshot(subject);
            var after = snapshot?.Position ?? 0;
            var counted = Counted(subject, snapshot, AllRows(subject, await Chunk(subject, after)), newest is null ? [] : newest[..sizeof(long)]);
            // A snapshot that took the place of rows in between holds what was not counted.
            if ((await Snapshot(subject))?.Position == snapshot?.Position) return counted;
        }

        throw new StoreUnavailableException("The store is busy: a subject's rows are taken away all the while.");
    }

    private KnownMarkings Counted(OwnedSubject subject, Snapshot? snapshot, IEnumerable<Row> rows, byte[] newest)
    {
        lock (census) return new([.. census.MarkingsOf(subject.Owner, snapshot, rows)], 0, newest);
    }

    private async Task<Snapshot?> Snapshot(OwnedSubject subject)
    {
        var key = ledger.Keys.Snapshot(SubjectFamily.Indicator, subject.Digest);
        return (byte[]?)await ledger.Link.Reads.StringGetAsync(key, CommandFlags.DemandMaster) is { } value
            ? SmallFormats.ReadSnapshot(value) : null;
    }

    private Task<List<Row>> Chunk(OwnedSubject subject, long after) =>
        RowReading.Up(ledger, SubjectFamily.Indicator, subject.Digest, after, RowsPerChunk, BytesPerChunk, default);

    // The census asks for one row after the other, so that no more than a chunk is in memory; that it has to wait for one is rare.
    private IEnumerable<Row> AllRows(OwnedSubject subject, List<Row> chunk)
    {
        for (; chunk.Count > 0; chunk = Chunk(subject, chunk[^1].Position).GetAwaiter().GetResult())
            foreach (var row in chunk) yield return row;
    }
}
