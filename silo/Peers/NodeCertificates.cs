using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Placement;
using CrossBorderSoc.Silo.Settings;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>
/// A node's credentials now. They are read again while the node runs: what is opened from then on has the new ones, and calls that run go on.
/// Files that cannot be used, half written ones among them, change nothing.
/// </summary>
internal sealed class NodeCertificates
{
    // TLS asks for a name; who the peer is, is told by its certificate and judged by ours.
    private const string Anybody = "crossbordersoc";

    private readonly TlsSettings _files;
    private readonly string _siloName;
    private readonly TimeProvider _time;
    private volatile NodeCredentials _now;

    /// <summary>Reads the files for the first time.</summary>
    /// <exception cref="InvalidDataException">As <see cref="NodeCredentials.Read"/>.</exception>
    public NodeCertificates(TlsSettings files, string siloName, TimeProvider time)
    {
        (_files, _siloName, _time) = (files, siloName, time);
        _now = NodeCredentials.Read(files, siloName, time.GetUtcNow());
    }

    /// <summary>The certificates of a node, or null when it has none.</summary>
    /// <exception cref="InvalidDataException">As <see cref="NodeCredentials.Read"/>.</exception>
    public static NodeCertificates? Of(NodeSettings node, TimeProvider time) =>
        node.Tls is { } files ? new(files, CarriedHomes.SiloName(node.Homes, node.Name), time) : null;

    /// <summary>What is in force.</summary>
    public NodeCredentials Now => _now;

    /// <summary>Reads the files again.</summary>
    /// <returns>Whether the node shows another certificate than before.</returns>
    /// <exception cref="InvalidDataException">They cannot be used; what was in force stays.</exception>
    public bool Reload()
    {
        var read = NodeCredentials.Read(_files, _siloName, _time.GetUtcNow());
        var isOther = read.Certificate.Thumbprint != _now.Certificate.Thumbprint;
        _now = read;
        return isOther;
    }

    /// <summary>Judges a peer by what is in force now.</summary>
    public PeerVerdict Judge(X509Certificate2? certificate, PeerUse use, Predicate<PeerIdentity> carriesClaim) =>
        _now.Trust.Judge(certificate, use, _time.GetUtcNow(), carriesClaim);

    /// <summary>The answering end of a connection.</summary>
    /// <param name="carriesClaim">Whether an identity carries what whoever connects claims.</param>
    /// <param name="refused">Is told why a peer is refused.</param>
    public SslServerAuthenticationOptions ForServer(Predicate<PeerIdentity> carriesClaim, Action<PeerVerdict> refused) => new()
    {
        ServerCertificateContext = _now.Shown,
        ClientCertificateRequired = true,
        CertificateChainPolicy = _now.Trust.ChainPolicy,
        // A session that is taken up again would skip the judgement.
        AllowTlsResume = false,
        AllowRenegotiation = false,
        RemoteCertificateValidationCallback = Validation(PeerUse.Client, carriesClaim, refused),
    };

    /// <summary>The opening end of a connection.</summary>
    /// <param name="carriesClaim">Whether an identity carries what is expected where it was opened to.</param>
    /// <param name="refused">Is told why a peer is refused.</param>
    public SslClientAuthenticationOptions ForClient(Predicate<PeerIdentity> carriesClaim, Action<PeerVerdict> refused) => new()
    {
        TargetHost = Anybody,
        ClientCertificateContext = _now.Shown,
        CertificateChainPolicy = _now.Trust.ChainPolicy,
        AllowTlsResume = false,
        AllowRenegotiation = false,
        RemoteCertificateValidationCallback = Validation(PeerUse.Server, carriesClaim, refused),
    };

    /// <summary>The answering end of a connection of gRPC or HTTP.</summary>
    public SslServerAuthenticationOptions ForGateway(Action<PeerVerdict> refused) => ForServer(IsAdmitted, refused);

    private bool IsAdmitted(PeerIdentity identity) => _files.Clients.Any(home => identity.Homes.Contains(home.Code));

    private RemoteCertificateValidationCallback Validation(PeerUse use, Predicate<PeerIdentity> carriesClaim, Action<PeerVerdict> refused) =>
        (_, shown, _, _) =>
        {
            var verdict = Judge(shown as X509Certificate2, use, carriesClaim);
            if (verdict != PeerVerdict.Accepted) refused(verdict);
            return verdict == PeerVerdict.Accepted;
        };
}
