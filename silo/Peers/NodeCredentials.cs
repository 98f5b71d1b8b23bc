using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CrossBorderSoc.Silo.Settings;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>A node's certificate with its key, and whom the node believes, as its files say at one moment.</summary>
internal sealed record NodeCredentials
{
    private const int FileBytesMax = 1024 * 1024;
    private const int AuthoritiesMax = 8;
    private const string CertificateLabel = "CERTIFICATE";
    private const string ListLabel = "X509 CRL";

    private NodeCredentials(X509Certificate2 certificate, PeerTrust trust)
    {
        (Certificate, Trust) = (certificate, trust);
        Shown = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
    }

    /// <summary>The node's certificate, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Whom the node believes.</summary>
    public PeerTrust Trust { get; }

    /// <summary>What is shown to peers.</summary>
    public SslStreamCertificateContext Shown { get; }

    /// <summary>Reads the files.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="siloName">The node's silo name: what the certificate has to carry, as others will ask it to.</param>
    /// <param name="now">The time by the node's clock, UTC.</param>
    /// <exception cref="InvalidDataException">A file cannot be used, or the node's own certificate would be refused; names the key.</exception>
    public static NodeCredentials Read(TlsSettings files, string siloName, DateTimeOffset now)
    {
        var authorities = Keyed(TlsReader.AuthorityKey, files.Authority, ReadAuthorities);
        var lists = Keyed(TlsReader.RevokedKey, files.Revoked, text => ReadLists(text, authorities));
        var key = Keyed(TlsReader.KeyKey, files.Key, text => text);
        var certificate = Keyed(TlsReader.CertificateKey, files.Certificate, text => X509Certificate2.CreateFromPem(text, key));
        var trust = new PeerTrust(authorities, lists);
        foreach (var use in (PeerUse[])[PeerUse.Server, PeerUse.Client])
            if (trust.Judge(certificate, use, now, identity => identity.Covers(siloName)) is var verdict and not PeerVerdict.Accepted)
                throw new InvalidDataException($"{Key(TlsReader.CertificateKey)}: {files.Certificate}: {Why(verdict, use, siloName)}.");
        return new(certificate, trust);
    }

    private static string Why(PeerVerdict verdict, PeerUse use, string siloName) => verdict switch
    {
        PeerVerdict.UnknownAuthority => $"none of {Key(TlsReader.AuthorityKey)} issued it itself, or that one is out of date",
        PeerVerdict.Expired => "it ended",
        PeerVerdict.NotYetValid => "it begins later",
        PeerVerdict.WrongUse => $"its extended key usage lacks {(use == PeerUse.Server ? "serverAuth" : "clientAuth")}",
        PeerVerdict.Revoked => $"it is revoked ({Key(TlsReader.RevokedKey)})",
        PeerVerdict.RevocationUnknown => $"{Key(TlsReader.RevokedKey)} has no list of its authority, or one that is out of date",
        PeerVerdict.WrongClaim => "among its subject alternative names are not all of "
            + string.Join(", ", siloName.Split('/')[0].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(PeerIdentity.HomeUri)
                .Prepend(PeerIdentity.NodeUri(siloName.Split('/')[1]))),
        _ => throw new InvalidOperationException($"BUG: {verdict}."),
    };

    private static ImmutableArray<X509Certificate2> ReadAuthorities(string text)
    {
        ImmutableArray<X509Certificate2> all = [.. Blocks(text, CertificateLabel).Select(X509CertificateLoader.LoadCertificate)];
        if (all.Length is 0 or > AuthoritiesMax)
            throw new InvalidDataException($"it holds {all.Length} certificates; 1 to {AuthoritiesMax} are read");
        if (all.FirstOrDefault(each => !IsAuthority(each)) is { } other)
            throw new InvalidDataException($"{other.Subject} is no root authority: it signs itself and no others, or is signed by another");
        return all;
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
        && certificate.Extensions.OfType<X509BasicConstraintsExtension>().SingleOrDefault() is { CertificateAuthority: true };

    private static ImmutableArray<RevocationList> ReadLists(string text, ImmutableArray<X509Certificate2> authorities)
    {
        ImmutableArray<RevocationList> all = [.. Blocks(text, ListLabel).Select(block => RevocationList.Read(block, authorities))];
        return all.IsEmpty ? throw new InvalidDataException($"it holds no revocation list (-----BEGIN {ListLabel}-----)") : all;
    }

    private static List<byte[]> Blocks(string text, string label)
    {
        var blocks = new List<byte[]>();
        while (PemEncoding.TryFind(text, out var found))
        {
            if (text[found.Label] == label) blocks.Add(Convert.FromBase64String(text[found.Base64Data]));
            text = text[found.Location.End..];
        }
        return blocks;
    }

    private static TValue Keyed<TValue>(string key, string path, Func<string, TValue> read)
    {
        try
        {
            if (new FileInfo(path).Length > FileBytesMax) throw new InvalidDataException($"it is larger than {FileBytesMax} bytes");
            return read(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or FormatException
            or ArgumentException or InvalidDataException)
        {
            throw new InvalidDataException($"{Key(key)}: {path} cannot be used: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static string Key(string key) => $"{TlsReader.Section}:{key}";
}
