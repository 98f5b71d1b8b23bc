using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>
/// The number of the newest acknowledged group, beside the database: what the database lacks of it was lost. RocksDB alone cannot
/// tell a torn tail (normal after a power cut) from a damaged one.
/// </summary>
/// <remarks>
/// Three slots of 512 bytes: number and checksum. The first is synced, at each opening and closing. The others take turns after
/// every group and are not synced: after a power cut they may be old or torn, and then say less, never more.
/// </remarks>
internal sealed class AcknowledgedMark : IDisposable
{
    private const int SlotSize = 512;
    private const int Slots = 3;
    private const int ValueSize = 16;
    private readonly SafeFileHandle file;

    private AcknowledgedMark(SafeFileHandle file, long group)
    {
        this.file = file;
        Group = group;
    }

    /// <summary>The newest group known to be acknowledged.</summary>
    public long Group { get; private set; }

    /// <summary>Makes the mark of a new store.</summary>
    public static void Create(string path)
    {
        using var created = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(created, new byte[SlotSize * Slots], 0);
        for (var slot = 0; slot < Slots; slot++) WriteSlot(created, slot, 0);
        RandomAccess.FlushToDisk(created);
    }

    /// <summary>Opens a mark; throws <see cref="StoreDamagedException"/> when it is missing or its synced slot is not whole.</summary>
    public static AcknowledgedMark Open(string path)
    {
        if (!File.Exists(path)) throw new StoreDamagedException($"The file {path} is missing.");
        var opened = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        if (ReadSlot(opened, 0) is { } synced)
            return new AcknowledgedMark(opened, Math.Max(synced, Math.Max(ReadSlot(opened, 1) ?? 0, ReadSlot(opened, 2) ?? 0)));
        opened.Dispose();
        throw new StoreDamagedException($"The file {path} is damaged.");
    }

    /// <summary>A group is durable.</summary>
    public void Advance(long group)
    {
        Group = group;
        WriteSlot(file, 1 + (int)(group & 1), group);
    }

    /// <summary>Makes a number durable.</summary>
    public void Sync(long group)
    {
        Group = group;
        WriteSlot(file, 0, group);
        RandomAccess.FlushToDisk(file);
    }

    public void Dispose() => file.Dispose();

    private static void WriteSlot(SafeFileHandle target, int slot, long group)
    {
        Span<byte> value = stackalloc byte[ValueSize];
        BinaryPrimitives.WriteInt64BigEndian(value, group);
        BinaryPrimitives.WriteUInt64BigEndian(value[8..], XxHash3.HashToUInt64(value[..8]));
        RandomAccess.Write(target, value, slot * SlotSize);
    }

    private static long? ReadSlot(SafeFileHandle source, int slot)
    {
        Span<byte> value = stackalloc byte[ValueSize];
        if (RandomAccess.Read(source, value, slot * SlotSize) < ValueSize) return null;
        return BinaryPrimitives.ReadUInt64BigEndian(value[8..]) == XxHash3.HashToUInt64(value[..8])
            ? BinaryPrimitives.ReadInt64BigEndian(value)
            : null;
    }
}
