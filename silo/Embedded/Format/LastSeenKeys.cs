using System.Buffers.Binary;
using System.Security.Cryptography;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.LastSeen;

namespace CrossBorderSoc.Silo.Embedded.Format;

/// <summary>
/// The keys of the index of what was last seen. It stands in the family of rows, which is made for many keys that are written once; theirs
/// have a subject's family where these have a kind. A group stands as the first half of its SHA-256.
/// </summary>
internal static class LastSeenKeys
{
    public const int HourSize = sizeof(uint);

    private const int DigestSize = Digest.Size / 2;
    private const long HourMilliseconds = 3_600_000;

    private enum Kind : byte
    {
        Position = 0x10,
        Group = 0x11,
        Member = 0x12,
        Turn = 0x13,
        Together = 0x14,
    }

    /// <summary>What stands for a group.</summary>
    public static byte[] DigestOf(ReadOnlySpan<byte> content) => SHA256.HashData(content)[..DigestSize];

    /// <summary>Holds the position up to which the index is.</summary>
    public static byte[] Position(uint prefix) => Key(prefix, Kind.Position);

    /// <summary>What the keys of all groups begin with. Each holds the newest hour, then the group.</summary>
    public static byte[] Groups(uint prefix) => Key(prefix, Kind.Group);

    /// <summary>A group, by its digest.</summary>
    public static byte[] Group(uint prefix, ReadOnlySpan<byte> group) => Key(prefix, Kind.Group, group);

    /// <summary>What the keys of a group's members begin with.</summary>
    public static byte[] Members(uint prefix, ReadOnlySpan<byte> group) => Key(prefix, Kind.Member, group);

    /// <summary>What the keys of what a group named together begin with; the rest as of members.</summary>
    public static byte[] Together(uint prefix, ReadOnlySpan<byte> group) => Key(prefix, Kind.Together, group);

    /// <summary>A place in a group: an hour, then what members begin with.</summary>
    public static byte[] Place(uint prefix, ReadOnlySpan<byte> group, long hour, ReadOnlySpan<byte> from, bool isTogether = false)
    {
        Span<byte> latestFirst = stackalloc byte[HourSize];
        BinaryPrimitives.WriteUInt32BigEndian(latestFirst, ~Number(hour));
        return Key(prefix, isTogether ? Kind.Together : Kind.Member, group, latestFirst, from);
    }

    /// <summary>A member at its hour since a position; holds nothing.</summary>
    public static byte[] Member(uint prefix, ReadOnlySpan<byte> group, long hour, in LastSeenMember member) =>
        Place(prefix, group, hour, member.Key, member.IsTogether);

    /// <summary>Reads a member's key, of a group's length of prefix.</summary>
    public static LastSeenMember ReadMember(ReadOnlySpan<byte> key, int membersPrefix)
    {
        var rest = key[membersPrefix..];
        if (rest.Length < HourSize + sizeof(long)) throw new InvalidDataException("A key of the index is too short.");
        return new(
            rest[HourSize..^sizeof(long)].ToArray(), Start(~BinaryPrimitives.ReadUInt32BigEndian(rest)),
            BinaryPrimitives.ReadInt64BigEndian(rest[^sizeof(long)..]));
    }

    /// <summary>What the keys of all turns begin with.</summary>
    public static byte[] Turns(uint prefix) => Key(prefix, Kind.Turn);

    /// <summary>What the keys of turns at an instant or later are not less than.</summary>
    public static byte[] TurnsFrom(uint prefix, long at)
    {
        Span<byte> instant = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(instant, Math.Max(at, 0));
        return Key(prefix, Kind.Turn, instant);
    }

    /// <summary>A turn of a member since a position; holds the group.</summary>
    public static byte[] Turn(uint prefix, long at, ReadOnlySpan<byte> group, ReadOnlySpan<byte> member, long since)
    {
        Span<byte> position = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(position, since);
        return [.. TurnsFrom(prefix, at), .. group, .. member, .. position];
    }

    /// <summary>Reads a turn.</summary>
    public static LastSeenTurn ReadTurn(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var rest = key[(Keys.PrefixSize + 1)..];
        if (rest.Length < 2 * sizeof(long) + DigestSize) throw new InvalidDataException("A key of the index is too short.");
        return new(
            BinaryPrimitives.ReadInt64BigEndian(rest), value.ToArray(), rest[(sizeof(long) + DigestSize)..^sizeof(long)].ToArray(),
            BinaryPrimitives.ReadInt64BigEndian(rest[^sizeof(long)..]));
    }

    /// <summary>An hour as it is stored.</summary>
    public static byte[] Hour(long hour, ReadOnlySpan<byte> rest = default)
    {
        var value = new byte[HourSize + rest.Length];
        BinaryPrimitives.WriteUInt32BigEndian(value, Number(hour));
        rest.CopyTo(value.AsSpan(HourSize));
        return value;
    }

    /// <summary>The hour that a value begins with.</summary>
    public static long ReadHour(ReadOnlySpan<byte> value) => value.Length >= HourSize
        ? Start(BinaryPrimitives.ReadUInt32BigEndian(value))
        : throw new InvalidDataException("A value of the index is too short.");

    private static uint Number(long hour) => (uint)Math.Clamp(hour / HourMilliseconds, 0, uint.MaxValue);

    private static long Start(uint number) => number * HourMilliseconds;

    private static byte[] Key(
        uint prefix, Kind kind, ReadOnlySpan<byte> first = default, ReadOnlySpan<byte> second = default, ReadOnlySpan<byte> third = default)
    {
        var key = new byte[Keys.PrefixSize + 1 + first.Length + second.Length + third.Length];
        BinaryPrimitives.WriteUInt32BigEndian(key, prefix);
        key[Keys.PrefixSize] = (byte)kind;
        first.CopyTo(key.AsSpan(Keys.PrefixSize + 1));
        second.CopyTo(key.AsSpan(Keys.PrefixSize + 1 + first.Length));
        third.CopyTo(key.AsSpan(Keys.PrefixSize + 1 + first.Length + second.Length));
        return key;
    }
}
