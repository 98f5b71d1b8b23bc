using System.Buffers.Binary;
using System.Text;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Storage;

/// <summary>The small values: each begins with a version byte.</summary>
internal static class SmallFormats
{
    public const byte Version = 1;
    public const int IdentifierSize = 1 + 8 + 8;
    public const int IdentitySize = 1 + 16 + 4;
    public const int NumberSize = 1 + 8;

    public static void WriteIdentifier(Span<byte> value, ulong contentDigest, long position)
    {
        value[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(value[1..], contentDigest);
        BinaryPrimitives.WriteInt64BigEndian(value[9..], position);
    }

    public static ulong ReadContentDigest(ReadOnlySpan<byte> value) =>
        BinaryPrimitives.ReadUInt64BigEndian(Checked(value, IdentifierSize)[1..]);

    public static byte[] Identity(LedgerIdentity identity)
    {
        var value = new byte[IdentitySize];
        value[0] = Version;
        identity.Id.TryWriteBytes(value.AsSpan(1), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(17), identity.Epoch);
        return value;
    }

    public static LedgerIdentity ReadIdentity(ReadOnlySpan<byte> value)
    {
        Checked(value, IdentitySize);
        return new(new Guid(value[1..17], bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(value[17..]));
    }

    public static byte[] Watermark(Watermark watermark)
    {
        var value = new byte[IdentitySize + 8];
        Identity(watermark.Ledger).CopyTo(value.AsSpan());
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(IdentitySize), watermark.Position);
        return value;
    }

    public static Watermark ReadWatermark(ReadOnlySpan<byte> value) =>
        new(ReadIdentity(value), BinaryPrimitives.ReadInt64BigEndian(Checked(value, IdentitySize + 8)[IdentitySize..]));

    public static byte[] Markings(ReadOnlySpan<ulong> digests)
    {
        var value = new byte[1 + sizeof(ulong) * digests.Length];
        value[0] = Version;
        for (var i = 0; i < digests.Length; i++)
            BinaryPrimitives.WriteUInt64BigEndian(value.AsSpan(1 + sizeof(ulong) * i), digests[i]);
        return value;
    }

    public static DistinctMarkings ReadMarkings(ReadOnlySpan<byte> value)
    {
        var read = new DistinctMarkings();
        for (var rest = Checked(value, 1)[1..]; rest.Length > 0; rest = rest[sizeof(ulong)..])
            read.Add(BinaryPrimitives.ReadUInt64BigEndian(rest));
        return read;
    }

    public static byte[] Snapshot(Snapshot snapshot)
    {
        var value = new byte[9 + snapshot.Content.Length];
        value[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(1), snapshot.Position);
        snapshot.Content.Span.CopyTo(value.AsSpan(9));
        return value;
    }

    public static Snapshot ReadSnapshot(byte[] value) =>
        new(BinaryPrimitives.ReadInt64BigEndian(Checked(value, 9)[1..]), value.AsMemory(9));

    public static byte[] Text(string text) => [Version, .. Encoding.UTF8.GetBytes(text)];

    public static string ReadText(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(Checked(value, 1)[1..]);

    public static byte[] Number(long number)
    {
        var value = new byte[9];
        value[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(1), number);
        return value;
    }

    public static long ReadNumber(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt64BigEndian(Checked(value, 9)[1..]);

    private static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> value, int size) =>
        value.Length >= size && value[0] == Version
            ? value
            : throw new InvalidDataException("A stored value has an unknown version or is too short.");
}
