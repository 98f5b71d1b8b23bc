using System.Collections.Concurrent;
using System.IO.Hashing;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// One instance per compartment, found by its bytes without allocating, so that folding many rows allocates no
/// compartment per row. Bounded: two generations of half the bound; when the young one is full it becomes the old one,
/// and the old one goes. An instance that went is still equal to its successor. Safe for concurrent use.
/// </summary>
public sealed class CompartmentCache
{
    private readonly int _generationMax;
    private readonly Lock _turn = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>A cache.</summary>
    /// <param name="max">Most compartments kept, at least 2.</param>
    public CompartmentCache(int max = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 2);
        _generationMax = max / 2;
    }

    /// <summary>The compartment of an encoding.</summary>
    /// <exception cref="InvalidDataException">The bytes are not exactly one encoding.</exception>
    public Compartment Get(ReadOnlySpan<byte> encoded)
    {
        if (_young.ByBytes.TryGetValue(encoded, out var known)) return known;
        return Keep(_old.ByBytes.TryGetValue(encoded, out var aged) ? aged : CompartmentCodec.Read(encoded));
    }

    /// <summary>The kept instance that equals a compartment.</summary>
    public Compartment Get(Compartment compartment) =>
        _young.ByBytes.TryGetValue(compartment.Encoded, out var known) ? known : Get(compartment.Encoded);

    private Compartment Keep(Compartment compartment)
    {
        lock (_turn)
        {
            if (_young.Kept >= _generationMax) (_old, _young) = (_young, new());
            var kept = _young.Map.GetOrAdd(compartment.EncodedArray, compartment);
            if (ReferenceEquals(kept, compartment)) _young.Kept++;
            return kept;
        }
    }

    private sealed class Generation
    {
        public Generation()
        {
            Map = new(new BytesComparer());
            ByBytes = Map.GetAlternateLookup<ReadOnlySpan<byte>>();
        }

        public ConcurrentDictionary<byte[], Compartment> Map { get; }

        public ConcurrentDictionary<byte[], Compartment>.AlternateLookup<ReadOnlySpan<byte>> ByBytes { get; }

        public int Kept { get; set; }
    }

    private sealed class BytesComparer
        : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)XxHash3.HashToUInt64(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
