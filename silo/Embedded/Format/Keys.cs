using System.Buffers.Binary;
using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Embedded.Format;

/// <summary>
/// The keys. Each begins with the home's code in three bytes (padded with zero) and the partition; numbers are big-endian,
/// so that the order of keys is the order of positions.
/// </summary>
internal static class Keys
{
    public const int PrefixSize = 4;
    public const int PositionSize = PrefixSize + sizeof(long);
    public const int IdentifierSize = PrefixSize + sizeof(uint) + 16;
    public const int SubjectSize = PrefixSize + 1 + Digest.Size;
    public const int RowSize = SubjectSize + sizeof(long);

    /// <summary>The key of what belongs to no home: the number of the newest group.</summary>
    public static readonly byte[] Group = [0, 0, 0, 0, (byte)'g'];

    /// <summary>A home's prefix as a number; its bytes are big-endian.</summary>
    public static uint Prefix(Home home)
    {
        Span<byte> bytes = stackalloc byte[PrefixSize];
        bytes.Clear();
        if (home.Code is not { Length: >= 2 and <= 3 } code || !Ascii.IsValid(code))
            throw new ArgumentException($"'{home.Code}' is no home.", nameof(home));
        Encoding.ASCII.GetBytes(code, bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    public static void WritePosition(Span<byte> key, uint prefix, long position)
    {
        BinaryPrimitives.WriteUInt32BigEndian(key, prefix);
        BinaryPrimitives.WriteInt64BigEndian(key[PrefixSize..], position);
    }

    public static void WriteSubject(Span<byte> key, uint prefix, SubjectFamily family, in Digest subject)
    {
        BinaryPrimitives.WriteUInt32BigEndian(key, prefix);
        key[PrefixSize] = (byte)family;
        subject.Write(key[(PrefixSize + 1)..]);
    }

    public static void WriteRow(Span<byte> key, uint prefix, SubjectFamily family, in Digest subject, long position)
    {
        WriteSubject(key, prefix, family, subject);
        BinaryPrimitives.WriteInt64BigEndian(key[SubjectSize..], position);
    }

    public static long ReadTrailingPosition(ReadOnlySpan<byte> key) =>
        BinaryPrimitives.ReadInt64BigEndian(key[^sizeof(long)..]);

    /// <summary>A key of the family of documents: prefix, kind, rest.</summary>
    public static byte[] Meta(uint prefix, MetaKind kind, ReadOnlySpan<byte> rest = default)
    {
        var key = new byte[PrefixSize + 1 + rest.Length];
        BinaryPrimitives.WriteUInt32BigEndian(key, prefix);
        key[PrefixSize] = (byte)kind;
        rest.CopyTo(key.AsSpan(PrefixSize + 1));
        return key;
    }

    public static byte[] Owner(uint prefix, uint owner) => Meta(prefix, MetaKind.Owner, BigEndian(owner));

    public static byte[] Marking(uint prefix, uint owner, ulong marking)
    {
        Span<byte> rest = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(rest, owner);
        BinaryPrimitives.WriteUInt64BigEndian(rest[4..], marking);
        return Meta(prefix, MetaKind.Marking, rest);
    }

    /// <summary>The markings that an owner, who has used many, has used on one observable.</summary>
    public static byte[] MarkingsOn(uint prefix, uint owner, in Digest subject)
    {
        Span<byte> rest = stackalloc byte[sizeof(uint) + Digest.Size];
        BinaryPrimitives.WriteUInt32BigEndian(rest, owner);
        subject.Write(rest[sizeof(uint)..]);
        return Meta(prefix, MetaKind.MarkingsOn, rest);
    }

    public static byte[] Head(uint prefix) => Meta(prefix, MetaKind.Head);

    /// <summary>What of a subject was retired.</summary>
    public static byte[] Retired(uint prefix, SubjectFamily family, in Digest subject)
    {
        Span<byte> rest = stackalloc byte[1 + Digest.Size];
        rest[0] = (byte)family;
        subject.Write(rest[1..]);
        return Meta(prefix, MetaKind.Retired, rest);
    }

    /// <summary>Where an epoch began.</summary>
    public static byte[] Survivor(uint prefix, int epoch) => Meta(prefix, MetaKind.Survivor, BigEndian((uint)epoch));

    public static byte[] Watermark(uint prefix, uint source) => Meta(prefix, MetaKind.Watermark, BigEndian(source));

    private static byte[] BigEndian(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}

/// <summary>What a key of the family of documents is of.</summary>
internal enum MetaKind : byte
{
    Identity = (byte)'i',
    Owner = (byte)'o',
    Marking = (byte)'m',
    MarkingsOn = (byte)'s',
    Watermark = (byte)'w',
    Document = (byte)'d',
    Head = (byte)'h',
    Survivor = (byte)'e',
    Retired = (byte)'r',
}
