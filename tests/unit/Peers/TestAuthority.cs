using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CrossBorderSoc.Silo.Peers;

namespace CrossBorderSoc.Tests.Unit.Peers;

/// <summary>An authority in memory, by a clock of its own.</summary>
internal sealed class TestAuthority : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 8, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly CertificateRevocationListBuilder _revoked = new();
    private byte _serial = 0x7F;

    public TestAuthority(string name = "authority")
    {
        var request = new CertificateRequest("CN=" + name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }

    public X509Certificate2 Certificate { get; }

    public PeerTrust Trust => new([Certificate], [List()]);

    /// <summary>Issues a certificate; its serial number begins with a set bit, before which the encoding has a zero.</summary>
    public X509Certificate2 Issue(Issued issued)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=peer", key, HashAlgorithmName.SHA256);
        if (issued.IsAuthority) request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        if (issued.Uses.Length > 0)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. issued.Uses.Select(use => new Oid(use))], true));
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", Names(issued.Uris), false));
        using var certificate = request.Create(Certificate, Now.AddHours(issued.From), Now.AddHours(issued.To), [++_serial, 1]);
        return certificate.CopyWithPrivateKey(key);
    }

    public void Revoke(X509Certificate2 certificate) => _revoked.AddEntry(certificate, Now);

    /// <summary>The list of what was taken back, until some hours from now.</summary>
    public RevocationList List(double hours = 1) => RevocationList.Read(Signed(hours), [Certificate]);

    public byte[] Signed(double hours = 1) =>
        _revoked.Build(Certificate, 1, Now.AddHours(hours), HashAlgorithmName.SHA256, thisUpdate: Now.AddYears(-1));

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static byte[] Names(string[] uris)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "localhost", new Asn1Tag(TagClass.ContextSpecific, 2));
            foreach (var uri in uris) writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, new Asn1Tag(TagClass.ContextSpecific, 6));
        }
        return writer.Encode();
    }
}

/// <summary>What a certificate is to say: of Belgium's node, for both ends, valid from an hour ago until in an hour.</summary>
internal sealed record Issued
{
    public const string Server = "1.3.6.1.5.5.7.3.1";
    public const string Client = "1.3.6.1.5.5.7.3.2";

    public string[] Uses { get; init; } = [Server, Client];
    public string[] Uris { get; init; } = [PeerIdentity.NodeUri("be-0"), PeerIdentity.HomeUri("BE")];
    public double From { get; init; } = -1;
    public double To { get; init; } = 1;
    public bool IsAuthority { get; init; }
}
