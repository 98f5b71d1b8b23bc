using System.Buffers.Binary;

namespace CrossBorderSoc.Tests.Bench.Traffic;

/// <summary>Random UUIDs (version 4) as text. One per connection; not for use by two threads.</summary>
internal sealed class FreshIds(ulong seed)
{
    private ulong _state = seed;

    public void Write(Span<byte> to)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        new Guid(bytes, bigEndian: true).TryFormat(to, out _);
    }

    // SplitMix64.
    private ulong Next()
    {
        var x = _state += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
