using System.Buffers.Binary;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>
/// One write batch in RocksDB's own representation (sequence, count, then tag, family, key, value), built in managed memory:
/// one call into the library per group in place of one per key.
/// </summary>
internal sealed class BatchBuffer
{
    private const int HeaderSize = 12;
    private const int KeptBytesMax = 16 << 20;
    private const byte Deletion = 0x00;
    private const byte Value = 0x01;
    private const byte FamilyDeletion = 0x04;
    private const byte FamilyValue = 0x05;
    private byte[] bytes = New(1 << 20);
    private int length = HeaderSize;

    /// <summary>How many puts and deletions it holds.</summary>
    public int Count { get; private set; }

    public void Clear()
    {
        if (bytes.Length > KeptBytesMax) bytes = New(1 << 20);
        length = HeaderSize;
        Count = 0;
    }

    public void Put(Family family, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        value.CopyTo(Put(family, key, value.Length));

    /// <summary>Adds a key and returns where its value is to be written at once.</summary>
    public Span<byte> Put(Family family, scoped ReadOnlySpan<byte> key, int valueLength)
    {
        var target = Reserve(1 + 3 * Varint.SizeMax + key.Length + valueLength);
        var at = WriteKey(target, family, key, Value, FamilyValue);
        at += Varint.Write(target[at..], (ulong)valueLength);
        length += at + valueLength;
        return target.Slice(at, valueLength);
    }

    public void Delete(Family family, ReadOnlySpan<byte> key) =>
        length += WriteKey(Reserve(1 + 3 * Varint.SizeMax + key.Length), family, key, Deletion, FamilyDeletion);

    /// <summary>The batch's bytes, valid until the next change.</summary>
    public ReadOnlySpan<byte> Seal()
    {
        bytes.AsSpan(0, 8).Clear();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Count);
        return bytes.AsSpan(0, length);
    }

    private int WriteKey(Span<byte> target, Family family, scoped ReadOnlySpan<byte> key, byte plainTag, byte familyTag)
    {
        var at = 0;
        target[at++] = family == Family.Meta ? plainTag : familyTag;
        if (family != Family.Meta) at += Varint.Write(target[at..], (ulong)family);
        at += Varint.Write(target[at..], (ulong)key.Length);
        key.CopyTo(target[at..]);
        Count++;
        return at + key.Length;
    }

    private Span<byte> Reserve(int size)
    {
        if (bytes.Length - length < size)
        {
            var larger = New((int)Math.Min(Array.MaxLength, Math.Max(2L * bytes.Length, (long)length + size)));
            bytes.AsSpan(0, length).CopyTo(larger);
            bytes = larger;
        }

        return bytes.AsSpan(length, size);
    }

    private static byte[] New(int size) => GC.AllocateUninitializedArray<byte>(size);
}
