using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.LastSeen;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>A release's record at the hub.</summary>
/// <param name="Ledger">The ledger that was released, in its epoch of then.</param>
/// <param name="From">The position after which the release starts.</param>
/// <param name="To">The position up to which (inclusive) it goes.</param>
/// <param name="Record">The record.</param>
public sealed record ReleaseRecord(LedgerIdentity Ledger, long From, long To, LedgerRecord Record);

/// <summary>What is to be taken back at the hub of a ledger that went back: one release, or none to move the watermark only.</summary>
/// <param name="Source">The ledger's home.</param>
/// <param name="Known">The watermark as it was read: where it is another, nothing changes.</param>
/// <param name="Next">The watermark then.</param>
/// <param name="Release">The release; null for none.</param>
/// <param name="Preamble">What items share, of a record without any.</param>
/// <param name="Subjects">The subjects that its items name.</param>
/// <param name="Seen">What changes in the index of what was last seen.</param>
public sealed record PreparedDrop(
    Home Source, Watermark Known, Watermark Next, ReleaseRecord? Release, ReadOnlyMemory<byte> Preamble,
    IReadOnlyCollection<SubjectName> Subjects, IReadOnlyList<SeenDrop> Seen);

/// <summary>What changes of a group in the index of what was last seen.</summary>
/// <param name="Group">The group.</param>
/// <param name="Gone">Members that stand no more at an hour, whatever since, nor do their turns since that position.</param>
/// <param name="Left">Where members stand that were said in other releases, too.</param>
public sealed record SeenDrop(ReadOnlyMemory<byte> Group, IReadOnlyList<LastSeenMember> Gone, IReadOnlyList<LastSeenMember> Left);
