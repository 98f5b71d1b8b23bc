using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>
/// Whom a node believes: the configured authorities and what they took back. Nothing of the machine's own trust, and nothing fetched.
/// </summary>
/// <param name="Authorities">Certificates of authorities.</param>
/// <param name="Lists">What they took back; each list is signed by one of them.</param>
internal sealed record PeerTrust(ImmutableArray<X509Certificate2> Authorities, ImmutableArray<RevocationList> Lists)
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    /// <summary>How chains are built, whoever builds one.</summary>
    public X509ChainPolicy ChainPolicy
    {
        get
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                // Ours is the configured list, by the node's own clock; the machine's cache of lists is nobody's promise.
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            policy.CustomTrustStore.AddRange(Authorities.ToArray());
            return policy;
        }
    }

    /// <summary>Judges a peer.</summary>
    /// <param name="certificate">What it showed.</param>
    /// <param name="use">Which end of the connection it is.</param>
    /// <param name="now">The time by the node's clock, UTC.</param>
    /// <param name="carriesClaim">Whether an identity carries what the peer claims.</param>
    public PeerVerdict Judge(X509Certificate2? certificate, PeerUse use, DateTimeOffset now, Predicate<PeerIdentity> carriesClaim)
    {
        if (certificate is null) return PeerVerdict.NoCertificate;
        if (now.UtcDateTime < certificate.NotBefore.ToUniversalTime()) return PeerVerdict.NotYetValid;
        if (now.UtcDateTime > certificate.NotAfter.ToUniversalTime()) return PeerVerdict.Expired;
        if (IssuerOf(certificate, now) is not { } issuer) return PeerVerdict.UnknownAuthority;
        if (!IsFor(certificate, use)) return PeerVerdict.WrongUse;
        if (Lists.FirstOrDefault(list => list.IsOf(issuer)) is not { } revoked || now > revoked.NextUpdate) return PeerVerdict.RevocationUnknown;
        if (revoked.Revokes(certificate)) return PeerVerdict.Revoked;
        return carriesClaim(PeerIdentity.Of(certificate)) ? PeerVerdict.Accepted : PeerVerdict.WrongClaim;
    }

    // The authority that issued the certificate itself: an intermediate one would be a second list to keep.
    private X509Certificate2? IssuerOf(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var chain = new X509Chain { ChainPolicy = ChainPolicy };
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        try
        {
            if (!chain.Build(certificate) || chain.ChainElements.Count != 2) return null;
        }
        catch (CryptographicException)
        {
            return null;
        }
        var root = chain.ChainElements[1].Certificate.RawData;
        return Authorities.FirstOrDefault(authority => authority.RawData.AsSpan().SequenceEqual(root));
    }

    // One that does not say what it is for is for nothing.
    private static bool IsFor(X509Certificate2 certificate, PeerUse use) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SingleOrDefault() is { } uses
        && uses.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == (use == PeerUse.Server ? ServerUse : ClientUse));
}
