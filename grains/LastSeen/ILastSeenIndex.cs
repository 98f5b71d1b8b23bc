namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>
/// A home's index of the hours in which its observables were last seen: groups of members, each group in the order of (newest hour
/// first, member's bytes). Bytes are opaque to the store. Derived: built from the ledger, and built again where it is missing.
/// </summary>
public interface ILastSeenIndex
{
    /// <summary>The position up to which (inclusive) every record of the ledger is in it; 0 if none is.</summary>
    ValueTask<long> ReadPosition(CancellationToken cancellation);

    /// <summary>Adds what records up to a position say, in one atomic write; not synced. A member's hour never goes back. One caller at
    /// a time.</summary>
    /// <param name="members">Per group the members that were seen, each once.</param>
    /// <param name="position">The position.</param>
    /// <param name="cancellation">The caller's.</param>
    ValueTask Add(
        IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> members, long position,
        CancellationToken cancellation);

    /// <summary>All groups, each with its newest hour.</summary>
    ValueTask<IReadOnlyList<LastSeenGroup>> ReadGroups(CancellationToken cancellation);

    /// <summary>Members of a group from a place on, in order, at most <paramref name="max"/>.</summary>
    /// <param name="group">The group.</param>
    /// <param name="hour">The place's hour: what was seen later lies before it.</param>
    /// <param name="from">The place within that hour: members whose bytes are less lie before it.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellation">The caller's.</param>
    ValueTask<IReadOnlyList<LastSeenMember>> Read(
        ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from, int max, CancellationToken cancellation);
}

/// <summary>A member of a group, and when it was last seen.</summary>
/// <param name="Bytes">The member.</param>
/// <param name="Hour">Start of the hour, Unix milliseconds UTC; not before 1970.</param>
public readonly record struct LastSeenMember(ReadOnlyMemory<byte> Bytes, long Hour);

/// <summary>A group and the newest hour of any member.</summary>
public readonly record struct LastSeenGroup(ReadOnlyMemory<byte> Group, long NewestHour);
