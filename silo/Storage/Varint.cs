namespace CrossBorderSoc.Silo.Storage;

/// <summary>Unsigned numbers in 7-bit groups, least significant first, as RocksDB and protobuf write them.</summary>
internal static class Varint
{
    public const int SizeMax = 10;

    public static int Size(ulong number)
    {
        var size = 1;
        for (; number >= 0x80; number >>= 7) size++;
        return size;
    }

    public static int Write(Span<byte> target, ulong number)
    {
        var at = 0;
        for (; number >= 0x80; number >>= 7) target[at++] = (byte)(number | 0x80);
        target[at++] = (byte)number;
        return at;
    }

    /// <summary>Reads a number and advances; throws <see cref="InvalidDataException"/> when the bytes end.</summary>
    public static ulong Read(ReadOnlySpan<byte> source, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; shift < 64 && at < source.Length; shift += 7)
        {
            var part = source[at++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return number;
        }

        throw new InvalidDataException("A number in a stored value does not end.");
    }

    /// <summary>Reads a length that must fit in what is left.</summary>
    public static int ReadLength(ReadOnlySpan<byte> source, ref int at)
    {
        var length = Read(source, ref at);
        return length <= (ulong)(source.Length - at)
            ? (int)length
            : throw new InvalidDataException("A length in a stored value exceeds the value.");
    }
}
