using System.Buffers.Binary;
using System.Collections.Immutable;

namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>
/// A home's index of the hours in which its observables were last seen: groups of members, each group in the order of (newest hour
/// first, member's bytes). A member may stand at older hours, too. Bytes are opaque to the store. Derived: built from the ledger, in its
/// order, and after a crash from where it was. One group of the hub's is of identifiers (<see cref="NamedIncidents"/>).
/// Beside it stands what was named together with others, by each hour at which it was, in the same order.
/// </summary>
public interface ILastSeenIndex
{
    /// <summary>The position up to which (inclusive) every record of the ledger is in it; 0 if none is.</summary>
    ValueTask<long> ReadPosition(CancellationToken cancellation);

    /// <summary>Makes durable what was added.</summary>
    ValueTask Flush(CancellationToken cancellation);

    /// <summary>Adds what records up to a position say, in one atomic write; not synced. Nothing, where the ledger's epoch is another than the
    /// one in which they were read.</summary>
    /// <param name="members">Per group the members that were seen, each once.</param>
    /// <param name="position">The position.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="cancellation">The caller's.</param>
    ValueTask Add(
        IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> members, long position, int epoch,
        CancellationToken cancellation);

    /// <summary>All groups, each with its newest hour.</summary>
    ValueTask<IReadOnlyList<LastSeenGroup>> ReadGroups(CancellationToken cancellation);

    /// <summary>Members of a group from a place on, in order, at most <paramref name="max"/>.</summary>
    /// <param name="group">The group.</param>
    /// <param name="hour">The place's hour: what was seen later lies before it.</param>
    /// <param name="from">The place within that hour: entries whose <see cref="LastSeenMember.Key"/> is less lie before it.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellation">The caller's.</param>
    ValueTask<IReadOnlyList<LastSeenMember>> Read(
        ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from, int max, CancellationToken cancellation);

    /// <summary>The same of members that were added as <see cref="LastSeenMember.IsTogether"/>; <see cref="LastSeenMember.Since"/> is 0. Of
    /// hours that lie more than <see cref="TogetherKeptMilliseconds"/> before a group's newest there may be none.</summary>
    ValueTask<IReadOnlyList<LastSeenMember>> ReadTogether(
        ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from, int max, CancellationToken cancellation);

    /// <summary>How long what was named together is kept: the window of correlation, then for as long as a watch may have been away, and
    /// twice a day for clocks; 16 days in milliseconds.</summary>
    const long TogetherKeptMilliseconds = 16L * 24 * 3_600_000;

    /// <summary>Turns in the order of their instants, behind an instant and not behind another, at most <paramref name="max"/>.</summary>
    /// <param name="last">The last that was read; null to begin.</param>
    /// <param name="after">The one instant; Unix milliseconds UTC.</param>
    /// <param name="through">The other.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellation">The caller's.</param>
    ValueTask<IReadOnlyList<LastSeenTurn>> ReadTurns(
        LastSeenTurn? last, long after, long through, int max, CancellationToken cancellation);
}

/// <summary>A member of a group, and when it was last seen.</summary>
/// <param name="Bytes">The member.</param>
/// <param name="Hour">Start of the hour, Unix milliseconds UTC; not before 1970.</param>
/// <param name="Since">The position of the first record that is known to name it. Of several entries of a member the least counts.</param>
/// <param name="Before">To add: an earlier hour at which it stands no more; null for none.</param>
/// <param name="Turns">To add: when it opens and closes (Unix milliseconds UTC), always the same of a member.</param>
/// <param name="IsTogether">To add: whether it only is to stand among what was named together at its hour.</param>
public readonly record struct LastSeenMember(
    ReadOnlyMemory<byte> Bytes, long Hour, long Since, long? Before = null, ImmutableArray<long> Turns = default, bool IsTogether = false)
{
    /// <summary>The entry's place within its hour: the member's bytes, then since when.</summary>
    public byte[] Key
    {
        get
        {
            var key = new byte[Bytes.Length + sizeof(long)];
            Bytes.Span.CopyTo(key);
            BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(Bytes.Length), Since);
            return key;
        }
    }

    /// <summary>The least place behind the entry.</summary>
    public byte[] Behind => [.. Key, 0];
}

/// <summary>An instant (Unix milliseconds UTC) at which a member of a group opens or closes; the rest as of a member.</summary>
public readonly record struct LastSeenTurn(long At, ReadOnlyMemory<byte> Group, ReadOnlyMemory<byte> Member, long Since);

/// <summary>A group and the newest hour of any member.</summary>
public readonly record struct LastSeenGroup(ReadOnlyMemory<byte> Group, long NewestHour);
