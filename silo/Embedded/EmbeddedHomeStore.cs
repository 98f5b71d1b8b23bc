using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Commit;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded;

/// <summary>One home of an <see cref="EmbeddedStore"/>: writes go to the shared committer, reads to the database.</summary>
internal sealed class EmbeddedHomeStore(HomeLedger ledger, LiveDatabase live, Committer committer) : IHomeStore
{
    private const int RowBytesMax = 4 << 20;
    private const int SnapshotStripes = 64;
    private readonly Lock[] snapshotGates = [.. Enumerable.Range(0, SnapshotStripes).Select(_ => new Lock())];

    public Home Home => ledger.Home;

    public LedgerIdentity Identity => ledger.Identity;

    public long Head => ledger.Head;

    public ValueTask<CommitReceipt> Commit(PreparedBatch batch, CancellationToken cancellation)
    {
        var write = new PendingBatch(ledger, batch);
        committer.Add(write, cancellation);
        return new(write.Task);
    }

    public ValueTask<Watermark> Apply(PreparedRelease release, CancellationToken cancellation)
    {
        var write = new PendingApply(ledger, release);
        committer.Add(write, cancellation);
        return new(write.Task);
    }

    public ValueTask<Watermark> ReadWatermark(Home from, CancellationToken cancellation) => new(Read(
        database => database.Get(Family.Meta, Keys.Watermark(ledger.Prefix, Keys.Prefix(from))) is { } value
            ? SmallFormats.ReadWatermark(value)
            : default,
        cancellation));

    // What an epoch of this store began with is written with it; a drop begins one that loses nothing.
    public ValueTask<long> ReadSurvivor(int epoch, CancellationToken cancellation) => new(Read(
        database =>
        {
            var survivor = Head;
            for (var later = epoch + 1; later <= ledger.Identity.Epoch; later++)
            {
                if (database.Get(Family.Meta, Keys.Survivor(ledger.Prefix, later)) is { } began)
                    survivor = Math.Min(survivor, SmallFormats.ReadNumber(began));
            }

            return survivor;
        },
        cancellation));

    public async ValueTask OpenEpoch(long acknowledged, CancellationToken cancellation)
    {
        var write = new PendingEpoch(ledger, acknowledged);
        committer.Add(write, cancellation);
        await write.Task;
    }

    public ValueTask<ReleaseRecord?> FindRelease(Home source, Guid ledgerId, long beyond, CancellationToken cancellation) =>
        new(Read(database => Reading.Release(database, ledger.Prefix, new(source, ledgerId, beyond)), cancellation));

    public ValueTask<Watermark> Drop(PreparedDrop drop, CancellationToken cancellation)
    {
        var write = new PendingDrop(ledger, drop);
        committer.Add(write, cancellation);
        return new(write.Task);
    }

    public ValueTask<Snapshot?> ReadSnapshot(SubjectFamily family, Digest subject, CancellationToken cancellation) =>
        new(Read(database => Reading.Snapshot(database, ledger.Prefix, family, subject), cancellation));

    public ValueTask WriteSnapshot(
        SubjectFamily family, Digest subject, Snapshot snapshot, CancellationToken cancellation)
    {
        lock (snapshotGates[(subject.GetHashCode() & int.MaxValue) % SnapshotStripes])
        {
            Read(database => ledger.Derive(snapshot.Epoch, () => Replace(database, family, subject, snapshot)), cancellation);
        }

        return default;
    }

    public ILastSeenIndex LastSeen { get; } = new EmbeddedLastSeen(ledger, live);

    public ValueTask<SubjectName> NextGrown(CancellationToken cancellation) => ledger.Grown.Next(cancellation);

    public ValueTask<IReadOnlyList<Row>> ReadRows(
        SubjectFamily family, Digest subject, long after, int max, CancellationToken cancellation) => new(Read(
        IReadOnlyList<Row> (database) => Reading.Rows(database, ledger.Prefix, family, subject, after, max, RowBytesMax), cancellation));

    public ValueTask<IReadOnlyList<Row>> ReadRowsBackwards(
        SubjectFamily family, Digest subject, long before, int max, CancellationToken cancellation) => new(Read(
        IReadOnlyList<Row> (database) => Reading.RowsBackwards(database, ledger.Prefix, family, subject, before, max),
        cancellation));

    public ValueTask<LedgerRecord?> ReadRecord(long position, CancellationToken cancellation) =>
        new(Read(database => Reading.Record(database, ledger.Prefix, position), cancellation));

    public ValueTask<IReadOnlyList<LedgerRecord>> ReadLedger(long after, int maxBytes, CancellationToken cancellation) => new(Read(
        IReadOnlyList<LedgerRecord> (database) => Reading.Ledger(database, ledger.Prefix, after, Head, maxBytes), cancellation));

    public Task WaitForHead(long above, CancellationToken cancellation) =>
        ledger.Waiters.Wait(above, () => ledger.Head, cancellation);

    public ValueTask<ReadOnlyMemory<byte>?> ReadDocument(string name, CancellationToken cancellation) => new(Read(
        database => database.Get(Family.Meta, DocumentKey(name)) is { Length: > 0 } value
            ? value.AsMemory(1)
            : default(ReadOnlyMemory<byte>?),
        cancellation));

    public async ValueTask WriteDocument(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var write = new PendingDocument(ledger, DocumentKey(name), content);
        committer.Add(write, cancellation);
        await write.Task;
    }

    public long RetiredTo => ledger.RetiredTo;

    public async ValueTask RetireRows(
        SubjectFamily family, Digest subject, Snapshot snapshot, Snapshot? retired, long through, CancellationToken cancellation)
    {
        BeginRetirement(through);
        var key = new byte[Keys.SubjectSize];
        Keys.WriteSubject(key, ledger.Prefix, family, subject);
        await Retire(
            new(ledger)
            {
                Snapshot = (key, SmallFormats.Snapshot(snapshot)),
                Retired = retired is { } gone ? (Keys.Retired(ledger.Prefix, family, subject), SmallFormats.Snapshot(gone)) : null,
                Epoch = snapshot.Epoch,
                Rows = Read(
                    database => Retirement.Rows(database, ledger.Prefix, family, subject, through, snapshot.Position), cancellation),
            },
            cancellation);
    }

    public ValueTask<Snapshot?> ReadRetired(SubjectFamily family, Digest subject, CancellationToken cancellation) => new(Read(
        database => database.Get(Family.Meta, Keys.Retired(ledger.Prefix, family, subject)) is { } value
            ? SmallFormats.ReadSnapshot(value) : default(Snapshot?),
        cancellation));

    public async ValueTask RetireRecords(long through, CancellationToken cancellation)
    {
        BeginRetirement(through);
        var (records, identifiers) = Read(database => Retirement.Records(database, ledger.Prefix, through), cancellation);
        if (records.Count > 0) await Retire(new(ledger) { Records = records, Identifiers = identifiers }, cancellation);
    }

    /// <summary>Ends the waits.</summary>
    public void Close(Exception reason) => ledger.Waiters.Close(reason);

    // From here on nobody writes a snapshot that lies below; whoever was about to has done so when this returns.
    private void BeginRetirement(long through)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(through, Head);
        ledger.RetireTo(through);
        foreach (var gate in snapshotGates) lock (gate) { }
    }

    private async ValueTask Retire(PendingRetirement write, CancellationToken cancellation)
    {
        committer.Add(write, cancellation);
        await write.Task;
        if (write.IsTooLate) throw new StoreUnavailableException("What was to be retired was folded in an epoch that is over.");
    }

    private bool Replace(Database database, SubjectFamily family, in Digest subject, Snapshot snapshot)
    {
        if (snapshot.Position < ledger.RetiredTo) return false;
        var stored = Reading.Snapshot(database, ledger.Prefix, family, subject);
        if (stored is { } newer && newer.Position >= snapshot.Position) return false;
        Span<byte> key = stackalloc byte[Keys.SubjectSize];
        Keys.WriteSubject(key, ledger.Prefix, family, subject);
        database.WriteDerived(Family.Snapshots, key, SmallFormats.Snapshot(snapshot));
        return true;
    }

    private byte[] DocumentKey(string name) => Keys.Meta(ledger.Prefix, MetaKind.Document, Encoding.UTF8.GetBytes(name));

    private T Read<T>(Func<Database, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return live.Use(read, static (database, what) => what(database));
    }
}
