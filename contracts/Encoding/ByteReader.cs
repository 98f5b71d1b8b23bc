using System.Buffers.Binary;

namespace CrossBorderSoc.Contracts.Encoding;

/// <summary>
/// The reading half of <see cref="ByteWriter"/>. Every read is checked against the end; damaged bytes throw
/// <see cref="InvalidDataException"/> and nothing else.
/// </summary>
public ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _bytes.Length - _at;

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _at;

    /// <summary>One byte.</summary>
    public byte Byte() => _at < _bytes.Length ? _bytes[_at++] : throw Damaged();

    /// <summary>So many bytes as they are.</summary>
    public ReadOnlySpan<byte> Raw(int length)
    {
        if ((uint)length > (uint)Remaining) throw Damaged();
        var slice = _bytes.Slice(_at, length);
        _at += length;
        return slice;
    }

    /// <summary>An unsigned integer in 7-bit groups.</summary>
    public ulong VarUInt()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw Damaged();
    }

    /// <summary>A signed integer, zigzag.</summary>
    public long VarInt()
    {
        var value = VarUInt();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>An unsigned integer of at most 31 bits.</summary>
    public int Int()
    {
        var value = VarUInt();
        return value <= int.MaxValue ? (int)value : throw Damaged();
    }

    /// <summary>A number of elements, each of at least one byte: never more than the bytes that are left.</summary>
    public int Count()
    {
        var value = VarUInt();
        return value <= (ulong)Remaining ? (int)value : throw Damaged();
    }

    /// <summary>A fixed 64-bit integer, little endian.</summary>
    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Raw(8));

    /// <summary>A UUID.</summary>
    public Guid Uuid() => new(Raw(16), bigEndian: true);

    /// <summary>A text.</summary>
    public string Text() => System.Text.Encoding.UTF8.GetString(Block());

    /// <summary>A length, then bytes.</summary>
    public ReadOnlySpan<byte> Block() => Raw(Count());

    /// <summary>The exception of a record of a version, or with a part, that this node does not know: it is never read in part.</summary>
    public static InvalidDataException Newer() =>
        new("The record says a version, or has a part, that this node does not know. Start the version that wrote it.");

    /// <summary>The exception of a damaged record.</summary>
    public static InvalidDataException Damaged() => new("The record is damaged: it ends early or holds an impossible value.");
}
