using System.Buffers.Binary;

namespace CrossBorderSoc.Contracts.Encoding;

/// <summary>An append-only byte buffer that grows; the writing half of every stored or sent record.</summary>
public sealed class ByteWriter(int capacity = 256)
{
    private byte[] _bytes = new byte[capacity];

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written. Valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>A copy of what has been written.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>What has been written, without a copy; the writer must not be used afterwards.</summary>
    public ReadOnlyMemory<byte> Detach()
    {
        var detached = _bytes.AsMemory(0, Length);
        (_bytes, Length) = ([], 0);
        return detached;
    }

    /// <summary>Forgets everything after a length.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    /// <summary>One byte.</summary>
    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    /// <summary>Bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>An unsigned integer in 7-bit groups, 1 to 10 bytes.</summary>
    public void VarUInt(ulong value)
    {
        Reserve(10);
        var bytes = _bytes;
        var at = Length;
        while (value >= 0x80)
        {
            bytes[at++] = (byte)(value | 0x80);
            value >>= 7;
        }
        bytes[at++] = (byte)value;
        Length = at;
    }

    /// <summary>A signed integer, zigzag, 1 to 10 bytes.</summary>
    public void VarInt(long value) => VarUInt((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>A fixed 64-bit integer, little endian.</summary>
    public void Fixed64(ulong value)
    {
        Reserve(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(Length), value);
        Length += 8;
    }

    /// <summary>A UUID in its 16 bytes of network order.</summary>
    public void Uuid(Guid value)
    {
        Reserve(16);
        value.TryWriteBytes(_bytes.AsSpan(Length), bigEndian: true, out _);
        Length += 16;
    }

    /// <summary>A text: length in bytes, then UTF-8.</summary>
    public void Text(string value)
    {
        VarUInt((ulong)System.Text.Encoding.UTF8.GetByteCount(value));
        Utf8(value);
    }

    /// <summary>A text in UTF-8 without its length.</summary>
    public void Utf8(string value)
    {
        Reserve(System.Text.Encoding.UTF8.GetMaxByteCount(value.Length));
        Length += System.Text.Encoding.UTF8.GetBytes(value, _bytes.AsSpan(Length));
    }

    /// <summary>A length, then bytes.</summary>
    public void Block(ReadOnlySpan<byte> bytes)
    {
        VarUInt((ulong)bytes.Length);
        Raw(bytes);
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length < more) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
    }
}
