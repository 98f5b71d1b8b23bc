using System.Buffers.Binary;
using System.Numerics;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>
/// Reads RocksDB's log format (write-ahead logs and manifests) as far as it is whole: blocks of 32 KiB; a record is a checksum
/// (CRC-32C, masked), a length, a type, and, in a recycled log, the log's number; long records come in fragments.
/// </summary>
internal static class LogScan
{
    private const int BlockSize = 32 << 10;
    private const int HeadSize = 7;
    private const int First = 2;
    private const int Last = 4;
    private const int PlainTypesMax = 4;
    private const int RecycledTypesMax = 8;
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>Where the last whole record ends, and whether anything whole follows a place that is not.</summary>
    /// <param name="WholeBytes">Bytes up to the end of the last whole record.</param>
    /// <param name="IsTorn">Whether there is more after it that is no padding.</param>
    /// <param name="HasMoreAfterDamage">Whether a whole fragment lies beyond: then this is damage, not a torn tail.</param>
    public readonly record struct Result(long WholeBytes, bool IsTorn, bool HasMoreAfterDamage);

    public static Result Scan(ReadOnlySpan<byte> log)
    {
        var at = 0;
        var whole = 0;
        while (at < log.Length)
        {
            var left = BlockSize - at % BlockSize;
            if (left < HeadSize)
            {
                at += left;
                continue;
            }

            var size = FragmentSize(log, at);
            if (size == 0) break;
            var type = (log[at + 6] - 1) % PlainTypesMax + 1;
            at += size;
            if (log[at - size + 6] > RecycledTypesMax || type is not (First or First + 1)) whole = at;
        }

        at = Math.Min(at, log.Length);
        var torn = log[whole..].ContainsAnyExcept((byte)0);
        return new(whole, torn, torn && HasWholeFragment(log, at + 1));
    }

    /// <summary>The size of the whole fragment at a place, head included; 0 if there is none.</summary>
    private static int FragmentSize(ReadOnlySpan<byte> log, int at)
    {
        if (log.Length - at < HeadSize) return 0;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(log[(at + 4)..]);
        var type = log[at + 6];
        var head = type is > PlainTypesMax and <= RecycledTypesMax ? HeadSize + 4 : HeadSize;
        var size = head + length;
        if (type == 0 || size > log.Length - at || size > BlockSize - at % BlockSize) return 0;
        var expected = BinaryPrimitives.ReadUInt32LittleEndian(log[at..]);
        return Masked(Crc32C(log.Slice(at + 6, size - 6))) == expected ? size : 0;
    }

    private static bool HasWholeFragment(ReadOnlySpan<byte> log, int from)
    {
        for (var at = from; at < log.Length - HeadSize; at++)
        {
            if (log[at + 6] is > 0 and <= RecycledTypesMax && FragmentSize(log, at) > HeadSize) return true;
        }

        return false;
    }

    private static uint Masked(uint crc) => ((crc >> 15) | (crc << 17)) + MaskDelta;

    /// <summary>CRC-32C (Castagnoli).</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        var crc = ~seed;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
