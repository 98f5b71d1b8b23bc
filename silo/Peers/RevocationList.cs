using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>What an authority took back (RFC 5280, section 5): a complete list, signed by the authority.</summary>
internal sealed class RevocationList
{
    private readonly ImmutableHashSet<string> _serials;
    private readonly byte[] _authority;

    private RevocationList(X509Certificate2 authority, DateTimeOffset nextUpdate, ImmutableHashSet<string> serials) =>
        (_authority, NextUpdate, _serials) = (authority.RawData, nextUpdate, serials);

    /// <summary>Until when the list is to be believed, UTC.</summary>
    public DateTimeOffset NextUpdate { get; }

    /// <summary>Reads a list in DER.</summary>
    /// <exception cref="InvalidDataException">It is none, has no end, is not complete, or none of the authorities signed it.</exception>
    public static RevocationList Read(ReadOnlyMemory<byte> list, IEnumerable<X509Certificate2> authorities)
    {
        try
        {
            var outer = new AsnReader(list, AsnEncodingRules.DER).ReadSequence();
            var signed = outer.PeekEncodedValue();
            var body = outer.ReadSequence();
            var algorithm = outer.ReadSequence().ReadObjectIdentifier();
            var signature = outer.ReadBitString(out _);
            if (body.PeekTag() == Asn1Tag.Integer) body.ReadInteger();
            body.ReadSequence();
            var issuer = body.ReadEncodedValue();
            var authority = authorities.FirstOrDefault(each => each.SubjectName.RawData.AsSpan().SequenceEqual(issuer.Span)
                && IsSigned(each, algorithm, signed.Span, signature)) ?? throw new InvalidDataException("none of the authorities signed it");
            ReadTime(body);
            if (!body.HasData || !IsTime(body)) throw new InvalidDataException("it does not tell until when it is valid");
            var nextUpdate = ReadTime(body);
            var serials = body.HasData && body.PeekTag() == Asn1Tag.Sequence ? ReadSerials(body.ReadSequence()) : [];
            if (body.HasData) RefuseCritical(body.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence());
            return new(authority, nextUpdate, serials);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            throw new InvalidDataException("it is no revocation list", e);
        }
    }

    /// <summary>Whether it is the list of an authority.</summary>
    public bool IsOf(X509Certificate2 authority) => authority.RawData.AsSpan().SequenceEqual(_authority);

    /// <summary>Whether the authority took a certificate of its own back.</summary>
    public bool Revokes(X509Certificate2 certificate) => _serials.Contains(Serial(certificate.SerialNumberBytes.Span));

    private static bool IsSigned(X509Certificate2 authority, string algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        HashAlgorithmName? hash = algorithm switch
        {
            "1.2.840.10045.4.3.2" or "1.2.840.113549.1.1.11" => HashAlgorithmName.SHA256,
            "1.2.840.10045.4.3.3" or "1.2.840.113549.1.1.12" => HashAlgorithmName.SHA384,
            "1.2.840.10045.4.3.4" or "1.2.840.113549.1.1.13" => HashAlgorithmName.SHA512,
            _ => null,
        };
        if (hash is not { } name) return false;
        using var curve = authority.GetECDsaPublicKey();
        using var rsa = authority.GetRSAPublicKey();
        return curve?.VerifyData(signed, signature, name, DSASignatureFormat.Rfc3279DerSequence)
            ?? rsa?.VerifyData(signed, signature, name, RSASignaturePadding.Pkcs1) ?? false;
    }

    // A leading zero is the encoding's, not the number's.
    private static string Serial(ReadOnlySpan<byte> number) => Convert.ToHexString(number.TrimStart((byte)0));

    private static ImmutableHashSet<string> ReadSerials(AsnReader entries)
    {
        var serials = ImmutableHashSet.CreateBuilder<string>();
        while (entries.HasData) serials.Add(Serial(entries.ReadSequence().ReadIntegerBytes().Span));
        return serials.ToImmutable();
    }

    // A list of changes only, or of some certificates only, says so by a critical extension.
    private static void RefuseCritical(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var name = extension.ReadObjectIdentifier();
            if (extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean())
                throw new InvalidDataException($"it has a critical extension ({name}): only complete lists are read");
        }
    }

    private static bool IsTime(AsnReader reader) => reader.PeekTag() == Asn1Tag.UtcTime || reader.PeekTag() == Asn1Tag.GeneralizedTime;

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag() == Asn1Tag.UtcTime ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
}
