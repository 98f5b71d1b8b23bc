using System.IO.Hashing;
using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>One <see cref="NamedObservable"/> for each observable, by the bytes that records have of it. One caller at a time.</summary>
internal sealed class ObservableNames
{
    private readonly Dictionary<byte[], NamedObservable> _names = new(new BlockComparer());
    private readonly Dictionary<byte[], NamedObservable>.AlternateLookup<ReadOnlySpan<byte>> _byBlock;
    private readonly byte[] _block = new byte[1 + Bounds.ObservableBytesMax];

    /// <summary>No names.</summary>
    public ObservableNames() => _byBlock = _names.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>How many there are.</summary>
    public int Count => _names.Count;

    /// <summary>Forgets all.</summary>
    public void Clear() => _names.Clear();

    /// <summary>The name of an encoded observable: the type's byte, then the text.</summary>
    public NamedObservable Of(ReadOnlySpan<byte> block)
    {
        if (_byBlock.TryGetValue(block, out var known)) return known;
        if (block.Length < 2) throw ByteReader.Damaged();
        return _names[block.ToArray()] = new(new((ObservableType)block[0], Encoding.UTF8.GetString(block[1..])));
    }

    /// <summary>The name of an observable.</summary>
    public NamedObservable Of(in Observable observable)
    {
        _block[0] = (byte)observable.Type;
        return Of(_block.AsSpan(0, 1 + Encoding.UTF8.GetBytes(observable.Text, _block.AsSpan(1))));
    }

    /// <summary>The name of an observable if a record has named it.</summary>
    public NamedObservable? Find(in Observable observable)
    {
        _block[0] = (byte)observable.Type;
        return Encoding.UTF8.TryGetBytes(observable.Text, _block.AsSpan(1), out var length)
            && _byBlock.TryGetValue(_block.AsSpan(0, 1 + length), out var known) ? known : null;
    }

    private sealed class BlockComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)XxHash3.HashToUInt64(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
