using System.Buffers.Binary;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>How far a watch has told, in both homes, at one instant and policy version.</summary>
/// <param name="HubPosition">The position of the hub's ledger.</param>
/// <param name="OwnPosition">That of the ledger of the caller's own home.</param>
/// <param name="At">The instant; Unix milliseconds UTC.</param>
/// <param name="PolicyVersion">The number of the policy version.</param>
internal readonly record struct WatchPlace(long HubPosition, long OwnPosition, long At, int PolicyVersion)
{
    /// <summary>Bytes of a place with what it is for.</summary>
    public const int Size = 3 * sizeof(long) + sizeof(int) + PurposeSize;

    /// <summary>Bytes of what it is for.</summary>
    public const int PurposeSize = 20;

    /// <summary>The place of two homes. Where one is not as far as the other, what lies between is told again.</summary>
    public static WatchPlace Of(ChangePlace hub, ChangePlace own) => new(
        hub.Position, own.Position, Math.Min(hub.At, own.At), Math.Min(hub.PolicyVersion, own.PolicyVersion));

    /// <summary>Whether it is that place or lies behind it, in both homes, in time and in policy.</summary>
    public bool IsFrom(in WatchPlace other) =>
        HubPosition >= other.HubPosition && OwnPosition >= other.OwnPosition && At >= other.At && PolicyVersion >= other.PolicyVersion;

    /// <summary>The place at the hub.</summary>
    public ChangePlace AtHub => new(HubPosition, At, PolicyVersion);

    /// <summary>The place at the caller's own home.</summary>
    public ChangePlace AtOwn => new(OwnPosition, At, PolicyVersion);

    /// <summary>The bytes of it and of what it is for.</summary>
    public byte[] ToBytes(ReadOnlySpan<byte> purpose)
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, HubPosition);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), OwnPosition);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), At);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(24), PolicyVersion);
        purpose[..PurposeSize].CopyTo(bytes.AsSpan(28));
        return bytes;
    }

    /// <summary>The place, if the bytes are of one for this purpose.</summary>
    public static WatchPlace? Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> purpose) =>
        bytes.Length == Size && bytes[28..].SequenceEqual(purpose[..PurposeSize])
            ? new(
                BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[24..]))
            : null;
}
