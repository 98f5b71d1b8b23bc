using System.Buffers.Binary;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>How far a watch has told, in both homes, at one instant and policy version.</summary>
/// <param name="HubPosition">The position of the hub's ledger.</param>
/// <param name="OwnPosition">That of the ledger of the caller's own home.</param>
/// <param name="At">The instant; Unix milliseconds UTC.</param>
/// <param name="PolicyVersion">The number of the policy version.</param>
/// <param name="HubEpoch">The epoch of the hub's ledger, from 1.</param>
/// <param name="OwnEpoch">That of the own home's.</param>
internal readonly record struct WatchPlace(
    long HubPosition, long OwnPosition, long At, int PolicyVersion, int HubEpoch = 1, int OwnEpoch = 1)
{
    // Positions are less than 2^48: above them stands how many epochs there were before, which all but always is 0. So a cursor is as long as it
    // was, and one of before there were epochs is of the first. After 32,768 of them a watch that is resumed lists again.
    private const int EpochAt = 48;
    private const long EpochMask = 0x7FFF;
    private const long PositionMask = (1L << EpochAt) - 1;

    /// <summary>Bytes of a place with what it is for.</summary>
    public const int Size = 3 * sizeof(long) + sizeof(int) + PurposeSize;

    /// <summary>Bytes of what it is for, with the mark of the warninglists.</summary>
    public const int PurposeSize = 20;

    /// <summary>The place of two homes. Where one is not as far as the other, what lies between is told again.</summary>
    public static WatchPlace Of(ChangePlace hub, ChangePlace own) => new(
        hub.Position, own.Position, Math.Min(hub.At, own.At), Math.Min(hub.PolicyVersion, own.PolicyVersion),
        hub.Epoch, own.Epoch);

    /// <summary>Whether it is that place or lies behind it, in both homes, in time and in policy. What is of a newer epoch lies behind.</summary>
    public bool IsFrom(in WatchPlace other) => HubEpoch > other.HubEpoch || OwnEpoch > other.OwnEpoch || (IsOfEpochs(other)
        && HubPosition >= other.HubPosition && OwnPosition >= other.OwnPosition && At >= other.At && PolicyVersion >= other.PolicyVersion);

    /// <summary>Whether lists are as far as it, so that who is told to list finds what was told. In other epochs they are not asked for it: the
    /// next step says that all is to be listed again.</summary>
    public bool IsWithin(in WatchPlace listed) =>
        !IsOfEpochs(listed) || (listed.HubPosition >= HubPosition && listed.OwnPosition >= OwnPosition);

    /// <summary>The place at the hub.</summary>
    public ChangePlace AtHub => new(HubPosition, At, PolicyVersion, HubEpoch);

    /// <summary>The place at the caller's own home.</summary>
    public ChangePlace AtOwn => new(OwnPosition, At, PolicyVersion, OwnEpoch);

    /// <summary>The bytes of it and of what it is for.</summary>
    public byte[] ToBytes(ReadOnlySpan<byte> purpose)
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Packed(HubPosition, HubEpoch));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), Packed(OwnPosition, OwnEpoch));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), At);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(24), PolicyVersion);
        purpose[..PurposeSize].CopyTo(bytes.AsSpan(28));
        return bytes;
    }

    /// <summary>The place, if the bytes are of one for this purpose, of which the beginning suffices.</summary>
    public static WatchPlace? Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> purpose)
    {
        if (bytes.Length != Size || !bytes[28..].StartsWith(purpose)) return null;
        var (hub, own) = (BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
        return new(
            hub & PositionMask, own & PositionMask, BinaryPrimitives.ReadInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[24..]), EpochOf(hub), EpochOf(own));
    }

    /// <summary>What the last bytes of it say: the mark of the warninglists.</summary>
    public static uint WarninglistsOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes[^sizeof(uint)..]);

    /// <summary>What a place is for: something of 16 bytes, under warninglists with a mark.</summary>
    public static byte[] Purpose(ReadOnlySpan<byte> of, uint warninglists)
    {
        var purpose = new byte[PurposeSize];
        of.CopyTo(purpose);
        BinaryPrimitives.WriteUInt32BigEndian(purpose.AsSpan(PurposeSize - sizeof(uint)), warninglists);
        return purpose;
    }

    private bool IsOfEpochs(in WatchPlace other) => HubEpoch == other.HubEpoch && OwnEpoch == other.OwnEpoch;

    private static long Packed(long position, int epoch) => position | (((epoch - 1) & EpochMask) << EpochAt);

    private static int EpochOf(long packed) => (int)(packed >> EpochAt) + 1;
}
