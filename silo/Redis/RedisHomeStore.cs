using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Redis.Commit;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>One home of a <see cref="RedisStore"/>: commits go to its committer, everything else to the server.</summary>
internal sealed class RedisHomeStore(RedisLedger ledger, RedisCommitter committer) : IHomeStore
{
    private const int RowBytesMax = 4 << 20;

    public Home Home => ledger.Home;

    public LedgerIdentity Identity => ledger.State.Identity;

    public long Head => ledger.State.Head;

    public long RetiredTo => ledger.State.RetiredTo;

    public ILastSeenIndex LastSeen { get; } = new RedisLastSeen(ledger);

    public ValueTask<CommitReceipt> Commit(PreparedBatch batch, CancellationToken cancellation)
    {
        var write = new QueuedBatch(batch);
        committer.Add(write, cancellation);
        return new(write.Task);
    }

    public ValueTask<Watermark> Apply(PreparedRelease release, CancellationToken cancellation)
    {
        var write = new QueuedApply(release);
        committer.Add(write, cancellation);
        return new(write.Task);
    }

    public async ValueTask<Watermark> ReadWatermark(Home from, CancellationToken cancellation) =>
        (byte[]?)await ledger.Ask(
            redis => redis.HashGetAsync(ledger.Keys.Watermarks, from.Code, CommandFlags.DemandMaster), cancellation) is { } value
            ? Checked(() => SmallFormats.ReadWatermark(value)) : default;

    public async ValueTask<long> ReadSurvivor(int epoch, CancellationToken cancellation) => (long)(await ledger.Read(
        RedisScript.Survivor, [ledger.Keys.Meta], [epoch + 1, ledger.State.Identity.Epoch], cancellation))[4];

    public async ValueTask OpenEpoch(long acknowledged, CancellationToken cancellation) => await ledger.Guarded(
        async () =>
        {
            await ledger.OpenEpoch(acknowledged);
            return true;
        },
        cancellation);

    public async ValueTask<ReleaseRecord?> FindRelease(Home source, Guid ledgerId, long beyond, CancellationToken cancellation) =>
        await RedisDrops.Find(ledger, new(source, ledgerId, beyond), cancellation);

    public async ValueTask<Watermark> Drop(PreparedDrop drop, CancellationToken cancellation) =>
        await RedisDrops.Drop(ledger, drop, cancellation);

    public async ValueTask<Snapshot?> ReadSnapshot(SubjectFamily family, Digest subject, CancellationToken cancellation) =>
        (byte[]?)await ledger.Ask(
            redis => redis.StringGetAsync(ledger.Keys.Snapshot(family, subject), CommandFlags.DemandMaster), cancellation) is { } value
            ? Checked(() => SmallFormats.ReadSnapshot(value)) : null;

    public async ValueTask WriteSnapshot(
        SubjectFamily family, Digest subject, Snapshot snapshot, CancellationToken cancellation) => await ledger.WriteFenced(
        RedisScript.Snapshot, [ledger.Keys.Meta, ledger.Keys.Snapshot(family, subject)],
        [default, default, snapshot.Position, SmallFormats.Snapshot(snapshot)], cancellation, snapshot.Epoch);

    public ValueTask<SubjectName> NextGrown(CancellationToken cancellation) => ledger.Grown.Next(cancellation);

    public async ValueTask<IReadOnlyList<Row>> ReadRows(
        SubjectFamily family, Digest subject, long after, int max, CancellationToken cancellation) =>
        await RowReading.Up(ledger, family, subject, after, max, RowBytesMax, cancellation);

    public async ValueTask<IReadOnlyList<Row>> ReadRowsBackwards(
        SubjectFamily family, Digest subject, long before, int max, CancellationToken cancellation) =>
        await RowReading.Down(ledger, family, subject, before, max, cancellation);

    public async ValueTask<LedgerRecord?> ReadRecord(long position, CancellationToken cancellation) =>
        (byte[]?)await ledger.Ask(
            redis => redis.HashGetAsync(ledger.Keys.Ledger, position, CommandFlags.DemandMaster), cancellation) is { } value
            ? RecordReading.Read(position, value, ledger).Record : null;

    public async ValueTask<IReadOnlyList<LedgerRecord>> ReadLedger(long after, int maxBytes, CancellationToken cancellation) =>
        (await RecordReading.Above(ledger, after, long.MaxValue, maxBytes, cancellation)).ConvertAll(stored => stored.Record);

    public Task WaitForHead(long above, CancellationToken cancellation) =>
        ledger.Waiters.Wait(above, () => Head, cancellation);

    public async ValueTask<ReadOnlyMemory<byte>?> ReadDocument(string name, CancellationToken cancellation) =>
        (byte[]?)await ledger.Ask(
            redis => redis.HashGetAsync(ledger.Keys.Documents, name, CommandFlags.DemandMaster), cancellation) is { } value
            ? value : default(ReadOnlyMemory<byte>?);

    public async ValueTask WriteDocument(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var write = new QueuedDocument(name, content);
        committer.Add(write, cancellation);
        await write.Task;
    }

    public async ValueTask RetireRows(
        SubjectFamily family, Digest subject, Snapshot snapshot, Snapshot? retired, long through, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(through, Head);
        await RedisRetirement.Rows(ledger, family, subject, snapshot, retired, through, cancellation);
    }

    public async ValueTask<Snapshot?> ReadRetired(SubjectFamily family, Digest subject, CancellationToken cancellation) =>
        (byte[]?)await ledger.Ask(
            redis => redis.StringGetAsync(ledger.Keys.Retired(family, subject), CommandFlags.DemandMaster), cancellation) is { } value
            ? Checked(() => SmallFormats.ReadSnapshot(value)) : null;

    public async ValueTask RetireRecords(long through, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(through, Head);
        await RedisRetirement.Records(ledger, through, cancellation);
    }

    private T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw RedisErrors.Told(e, ledger.Link.Server);
        }
    }
}
