using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.LastSeen;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>
/// The store port of a node: one ledger per home that the node carries. Bytes are opaque to it; what it owes is atomicity,
/// durability, exact duplicates, gapless positions and order. Design, sections 5 and 6.
/// </summary>
/// <remarks>
/// Positions of a home start at 1 and have no gap. Reads see every commit whose task has completed. A failed read or write
/// throws <see cref="StoreUnavailableException"/>; a member never answers "nothing" because it could not look.
/// </remarks>
public interface IGridStore
{
    /// <summary>The homes that this store carries.</summary>
    IReadOnlyCollection<Home> Homes { get; }

    /// <summary>The ledger of a home; throws <see cref="ArgumentException"/> for a home that is not carried.</summary>
    IHomeStore this[Home home] { get; }
}

/// <summary>What one home keeps: its ledger, its rows by subject, its snapshots and its documents.</summary>
public interface IHomeStore
{
    /// <summary>The home.</summary>
    Home Home { get; }

    /// <summary>Identity of this ledger, made once at creation, and its epoch, which a loss of acknowledged records opens anew.</summary>
    LedgerIdentity Identity { get; }

    /// <summary>The position of the newest durable record; 0 if there is none.</summary>
    long Head { get; }

    /// <summary>
    /// Commits a batch: finds duplicates and conflicts, then writes record, identifiers and rows in one atomic, synced write,
    /// grouped with its neighbours. Completes when it is on disk. Waits while the bounded queue is full, and is refused when too
    /// much waits already.
    /// </summary>
    ValueTask<CommitReceipt> Commit(PreparedBatch batch, CancellationToken cancellation);

    /// <summary>Applies a release from another home at the hub: record, rows and watermark in one atomic write.</summary>
    /// <returns>The watermark after the call: <c>release.To</c> when applied; otherwise what it is, and nothing has changed,
    /// because the range did not start at it.</returns>
    ValueTask<Watermark> Apply(PreparedRelease release, CancellationToken cancellation);

    /// <summary>How far the releases of a home's ledger have been applied here; position 0 if never.</summary>
    ValueTask<Watermark> ReadWatermark(Home from, CancellationToken cancellation);

    /// <summary>Up to which position what this ledger held in an epoch is still there: the least at which a later one began;
    /// <see cref="Head"/> in the present one.</summary>
    ValueTask<long> ReadSurvivor(int epoch, CancellationToken cancellation);

    /// <summary>Opens a new epoch if the ledger ends before a position that was acknowledged, so that records are gone. The store is asked, not
    /// what this node knows of it.</summary>
    ValueTask OpenEpoch(long acknowledged, CancellationToken cancellation);

    /// <summary>The newest record here of a release of a home's ledger that goes beyond a position; null where there is none, or all of them
    /// were dropped.</summary>
    ValueTask<ReleaseRecord?> FindRelease(Home source, Guid ledger, long beyond, CancellationToken cancellation);

    /// <summary>
    /// Takes back what a release applied, and moves its source's watermark back, in one atomic, synced write: its fragments go from their rows,
    /// their subjects' snapshots go (what was retired stays), its record stays without items, and a new
    /// epoch of this ledger begins, in which nothing that was read or folded before is written any more.
    /// </summary>
    /// <returns>The watermark after the call: <c>drop.Next</c> when dropped; otherwise what it is, and nothing has changed.</returns>
    ValueTask<Watermark> Drop(PreparedDrop drop, CancellationToken cancellation);

    /// <summary>The newest snapshot of a subject, or null.</summary>
    ValueTask<Snapshot?> ReadSnapshot(SubjectFamily family, Digest subject, CancellationToken cancellation);

    /// <summary>Writes a snapshot if it is newer than the stored one, not below <see cref="RetiredTo"/> and of the present epoch. Not synced: it
    /// is derived.</summary>
    ValueTask WriteSnapshot(SubjectFamily family, Digest subject, Snapshot snapshot, CancellationToken cancellation);

    /// <summary>The next subject to which about 256 rows were added since it was named last, so that a snapshot is due; waits for one.
    /// A hint: it may come late, twice or not at all (<see cref="GrownSubjects"/>).</summary>
    ValueTask<SubjectName> NextGrown(CancellationToken cancellation);

    /// <summary>Rows of a subject with a position above <paramref name="after"/>, ascending, at least one if there is one, then up to
    /// <paramref name="max"/> and about 4 MiB: none is the end.</summary>
    ValueTask<IReadOnlyList<Row>> ReadRows(
        SubjectFamily family, Digest subject, long after, int max, CancellationToken cancellation);

    /// <summary>Rows of a subject with a position below <paramref name="before"/>, descending, at most <paramref name="max"/>.</summary>
    ValueTask<IReadOnlyList<Row>> ReadRowsBackwards(
        SubjectFamily family, Digest subject, long before, int max, CancellationToken cancellation);

    /// <summary>The index of what was last seen when.</summary>
    ILastSeenIndex LastSeen { get; }

    /// <summary>One record, or null when retention has removed it.</summary>
    ValueTask<LedgerRecord?> ReadRecord(long position, CancellationToken cancellation);

    /// <summary>Records above <paramref name="after"/>, ascending, at least one if there is one, then up to
    /// <paramref name="maxBytes"/> bytes.</summary>
    ValueTask<IReadOnlyList<LedgerRecord>> ReadLedger(long after, int maxBytes, CancellationToken cancellation);

    /// <summary>Rows and records up to this position may be gone, because their retention has ended; 0 if none ever was. Whoever
    /// folds rows below it looks for a newer snapshot after having read them.</summary>
    long RetiredTo { get; }

    /// <summary>
    /// Puts a snapshot in the place of a subject's rows whose records all lie at or below <paramref name="through"/>, in one
    /// atomic, synced write. The snapshot holds every row of the subject up to <paramref name="through"/>, which is at most
    /// <see cref="Head"/>. What is told as retired, which holds the rows that have gone and no others, takes the snapshot's place when a drop
    /// takes it.
    /// </summary>
    ValueTask RetireRows(
        SubjectFamily family, Digest subject, Snapshot snapshot, Snapshot? retired, long through, CancellationToken cancellation);

    /// <summary>What of a subject was told as retired, of all rows that have gone; null if nothing was.</summary>
    ValueTask<Snapshot?> ReadRetired(SubjectFamily family, Digest subject, CancellationToken cancellation);

    /// <summary>Removes the records up to <paramref name="through"/> (at most <see cref="Head"/>, which stays) with the identifiers in
    /// them, in one atomic, synced write. Their subjects' rows have been retired before.</summary>
    ValueTask RetireRecords(long through, CancellationToken cancellation);

    /// <summary>Completes when <see cref="Head"/> is above a position (at once if it is already).</summary>
    Task WaitForHead(long above, CancellationToken cancellation);

    /// <summary>A small named document (policy, keys), or null.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadDocument(string name, CancellationToken cancellation);

    /// <summary>Replaces a document, synced.</summary>
    ValueTask WriteDocument(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation);
}

/// <summary>Which actor's rows: they have separate key spaces.</summary>
public enum SubjectFamily : byte
{
    /// <summary>Rows of an observable.</summary>
    Indicator = 1,
    /// <summary>Rows of an asset.</summary>
    Asset = 2,
    /// <summary>Rows of a technique. A store of before there were trends has none of them.</summary>
    Technique = 3,
    /// <summary>Rows of a sector; as those of a technique, but at jurisdictions only.</summary>
    Sector = 4,
    /// <summary>Rows of an observable that sightings name by their asset only (decision 0014): for Full alone.</summary>
    Joined = 8,
}

/// <summary>Identity (random, made once) and epoch (from 1) of a ledger.</summary>
public readonly record struct LedgerIdentity(Guid Id, int Epoch);

/// <summary>How far a ledger has been applied at the hub.</summary>
/// <param name="Ledger">The ledger, with its epoch; with the negative of it while what went beyond a loss is being dropped.</param>
/// <param name="Position">The position up to which (inclusive) it is applied.</param>
public readonly record struct Watermark(LedgerIdentity Ledger, long Position)
{
    /// <summary>Whether a release goes on where this ends.</summary>
    public bool IsFollowedBy(PreparedRelease release) => release.From == Position && release.To > release.From
        && (Ledger == release.Ledger || (Position == 0 && Ledger.Epoch >= 0));
}

/// <summary>A folded state and the position up to which (inclusive) it holds every row.</summary>
/// <param name="Position">The position.</param>
/// <param name="Content">The state.</param>
/// <param name="Epoch">To write: the epoch of the ledger in which it was folded. Not stored.</param>
public readonly record struct Snapshot(long Position, ReadOnlyMemory<byte> Content, int Epoch = 1);

/// <summary>What one commit holds of one subject: fragments in the order of their commit.</summary>
/// <param name="Position">The position of the last record of the commit: the row's key.</param>
/// <param name="Fragments">The fragments, each with the position of its record.</param>
public sealed record Row(long Position, IReadOnlyList<RowFragment> Fragments);

/// <summary>One opaque fragment and the record that it came with.</summary>
public readonly record struct RowFragment(long RecordPosition, ReadOnlyMemory<byte> Content);

/// <summary>A ledger record as it was committed.</summary>
/// <param name="Position">Gapless position, from 1.</param>
/// <param name="Header">The batch's header, opaque.</param>
/// <param name="Items">Per item of the batch its bytes, in the batch's order; empty where the item was a duplicate or was refused.</param>
/// <param name="Preamble">What the batch's items share (the table of markings), opaque.</param>
public sealed record LedgerRecord(
    long Position, ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte> Preamble, IReadOnlyList<ReadOnlyMemory<byte>> Items)
{
    /// <summary>At the hub, the range that was released; null for what no release brought.</summary>
    public ReleasedRange? Released { get; init; }
}

/// <summary>A range of a ledger as it was released.</summary>
/// <param name="Ledger">The ledger, in its epoch of then.</param>
/// <param name="From">The position after which it starts.</param>
/// <param name="To">The position up to which (inclusive) it goes.</param>
public readonly record struct ReleasedRange(LedgerIdentity Ledger, long From, long To);

/// <summary>The store cannot read or write now (disk full, failed sync, too much waits). Nothing was acknowledged.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null)
    : Exception(message, inner), INamesNoValue
{
    /// <summary>Whether the store as a whole cannot write until somebody or something helps: its disk is full, say.</summary>
    public bool CannotWrite { get; init; }
}
