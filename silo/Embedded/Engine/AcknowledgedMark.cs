using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>
/// The number of the newest acknowledged group, beside the database: what the database lacks of it was lost. RocksDB alone cannot
/// tell a torn tail (normal after a power cut) from a damaged one.
/// </summary>
/// <remarks>
/// Four slots of 512 bytes: number and checksum. Two take turns at each opening and are synced, so that a torn one leaves the
/// other; two take turns after every group and are not synced: after a power cut they may be old or torn, and then say less, never
/// more.
/// </remarks>
internal sealed class AcknowledgedMark : IDisposable
{
    private const int SlotSize = 512;
    private const int SyncedSlots = 2;
    private const int Slots = 4;
    private const int ValueSize = 16;
    private readonly SafeFileHandle file;
    private int turn;

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
        var slots = Enumerable.Range(0, Slots).Select(slot => ReadSlot(opened, slot)).ToList();
        if (RandomAccess.GetLength(opened) >= SlotSize * Slots && slots.Take(SyncedSlots).Any(slot => slot is not null))
            return new AcknowledgedMark(opened, slots.Max() ?? 0) { turn = slots[0] is null || slots[0] < slots[1] ? 0 : 1 };
        opened.Dispose();
        throw new StoreDamagedException($"The file {path} is damaged.");
    }

    /// <summary>A group is durable.</summary>
    public void Advance(long group)
    {
        Group = group;
        WriteSlot(file, SyncedSlots + (int)(group & 1), group);
    }

    /// <summary>Makes a number durable.</summary>
    public void Sync(long group)
    {
        Group = group;
        WriteSlot(file, turn, group);
        RandomAccess.FlushToDisk(file);
        turn = 1 - turn;
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
