using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>One producer's batch, ready to commit: everything that can be computed before the committer is.</summary>
/// <param name="Owner">The owner, from the verified token; with an item's identifier the key of duplicates.</param>
/// <param name="Header">Opaque header of the record.</param>
/// <param name="Preamble">Opaque part that the items share.</param>
/// <param name="Content">The items' bytes; <see cref="PreparedItem.Start"/> and <see cref="PreparedItem.Length"/> are ranges in it.</param>
/// <param name="Items">The items in the batch's order.</param>
/// <param name="Fragments">The rows' fragments of all items; an item names a run of them.</param>
/// <param name="FragmentContent">The fragments' bytes.</param>
public sealed record PreparedBatch(
    string Owner, ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte> Preamble, ReadOnlyMemory<byte> Content,
    PreparedItem[] Items, PreparedFragment[] Fragments, ReadOnlyMemory<byte> FragmentContent);

/// <summary>One sighting of a batch.</summary>
/// <param name="Id">The producer's identifier.</param>
/// <param name="ContentDigest">64 bits of a digest of the content without the identifier: equal content, equal digest.</param>
/// <param name="MarkingDigest">64 bits of a digest of marking, kind and types, for the bound on markings.</param>
/// <param name="Start">Where its bytes start.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="FragmentStart">Its first fragment.</param>
/// <param name="FragmentCount">How many fragments it has.</param>
public readonly record struct PreparedItem(
    Guid Id, ulong ContentDigest, ulong MarkingDigest, int Start, int Length, int FragmentStart, int FragmentCount);

/// <summary>What an item adds to one subject.</summary>
public readonly record struct PreparedFragment(SubjectFamily Family, Digest Subject, int Start, int Length);

/// <summary>A release to apply at the hub: the records (From, To] of a home's ledger as they leave it.</summary>
public sealed record PreparedRelease(
    Home Source, LedgerIdentity Ledger, long From, long To, ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte> Preamble,
    ReadOnlyMemory<byte> Content, PreparedItem[] Items, PreparedFragment[] Fragments, ReadOnlyMemory<byte> FragmentContent);

/// <summary>What became of each item of a batch.</summary>
/// <param name="Position">The position of the batch's record; 0 when no item was new.</param>
/// <param name="Fates">One fate per item, in order.</param>
public sealed record CommitReceipt(long Position, ItemFate[] Fates);

/// <summary>What became of an item.</summary>
public enum ItemFate : byte
{
    /// <summary>New and durable.</summary>
    Accepted = 0,
    /// <summary>Same owner, identifier and content as one that is durable: nothing changed.</summary>
    Duplicate = 1,
    /// <summary>Same owner and identifier, other content: refused as ID_CONFLICT.</summary>
    Conflict = 2,
    /// <summary>The owner has too many distinct markings, kinds and types on one of the observables: refused as TOO_MANY_MARKINGS.</summary>
    TooManyMarkings = 3,
}

/// <summary>
/// Counts the distinct markings of an owner in the rows and snapshot of a subject. The store asks it, rarely, because only the
/// domain can read a fragment.
/// </summary>
public interface IMarkingCensus
{
    /// <summary>The digests (as in <see cref="PreparedItem.MarkingDigest"/>) of the owner's markings on a subject; of more than
    /// <see cref="Bounds.MarkingsPerOwnerMax"/> it may leave out some.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="snapshot">The subject's newest snapshot, if any.</param>
    /// <param name="rowsAbove">The rows above it, read as they are asked for.</param>
    IReadOnlySet<ulong> MarkingsOf(string owner, Snapshot? snapshot, IEnumerable<Row> rowsAbove);
}
