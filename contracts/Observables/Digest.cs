using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Observables;

/// <summary>A SHA-256 digest as a value: what stores key by, in place of a value of any length (design 4).</summary>
public readonly record struct Digest(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    /// <summary>SHA-256 over the type's byte and the canonical text in UTF-8.</summary>
    public static Digest Of(in Observable observable) => Of((byte)observable.Type, observable.Text);

    /// <summary>SHA-256 over owner and asset identifier, apart from every observable's.</summary>
    public static Digest OfAsset(string owner, string asset) => Of(AssetDomain, owner + "\n" + asset);

    /// <summary>SHA-256 over the name of a trend, apart from every observable's and asset's.</summary>
    public static Digest Of(in TrendName trend) =>
        Of(trend.Kind == TrendKind.Technique ? TechniqueDomain : SectorDomain, trend.Text);

    /// <summary>Reads 32 bytes.</summary>
    public static Digest Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));

    /// <summary>Writes 32 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, A);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], D);
    }

    /// <inheritdoc/>
    public override int GetHashCode() => A.GetHashCode();

    // Outside the range of ObservableType, so that none of them shares a digest with an observable.
    private const byte AssetDomain = 0xFF;
    private const byte TechniqueDomain = 0xFE;
    private const byte SectorDomain = 0xFD;

    /// <summary>SHA-256 over the encoded form of an observable: the type's byte, then its text in UTF-8.</summary>
    public static Digest OfEncoded(ReadOnlySpan<byte> typeAndText)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(typeAndText, hash);
        return Read(hash);
    }

    private static Digest Of(byte domain, string text)
    {
        var size = 1 + System.Text.Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        var buffer = size <= 512 ? stackalloc byte[size] : rented = ArrayPool<byte>.Shared.Rent(size);
        buffer[0] = domain;
        var used = 1 + System.Text.Encoding.UTF8.GetBytes(text, buffer[1..]);
        var digest = OfEncoded(buffer[..used]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return digest;
    }
}
