using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Orleans.Serialization;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>
/// Mutual TLS on the connections between silos. A peer's certificate is judged in the handshake; whether it carries the name that membership gives
/// the peer, as soon as both are known: of a peer that we connect to in the handshake, of one that connects to us with the first that it says,
/// and of one whose name comes later by <see cref="PeerWatch"/> and at each placement.
/// </summary>
internal sealed partial class SiloTls(
    NodeCertificates certificates, ConnectedPeers peers, RefusedDials refused, IClusterMembershipService members, Serializer<PeerPreamble> serializer,
    TimeProvider time, ILogger<SiloTls> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A connection that a peer opened.</summary>
    public Task Answer(ConnectionContext connection, ConnectionDelegate next) => Run(
        connection, PeerUse.Client, next,
        (tls, cancellation) => tls.AuthenticateAsServerAsync(certificates.ForServer(static _ => true, Refused(connection)), cancellation));

    /// <summary>A connection that we opened.</summary>
    public Task Open(ConnectionContext connection, ConnectionDelegate next) => Run(
        connection, PeerUse.Server, next,
        (tls, cancellation) => tls.AuthenticateAsClientAsync(
            certificates.ForClient(identity => CarriesWhatIsAt(connection.RemoteEndPoint, identity), Refused(connection)), cancellation));

    private async Task Run(
        ConnectionContext connection, PeerUse use, ConnectionDelegate next, Func<SslStream, CancellationToken, Task> authenticate)
    {
        var plain = connection.Transport;
        await using var tls = new SslStream(new DuplexStream(plain));
        await Authenticate(connection, tls, authenticate);
        if (use == PeerUse.Server) refused.Forget(connection.RemoteEndPoint);
        ConnectedPeer? peer = null;
        var input = new PreambleGuard(PipeReader.Create(tls), serializer, silo => peer = Demand(connection, use, silo, tls));
        connection.Transport = new TlsPipes(input, PipeWriter.Create(tls));
        try
        {
            await next(connection);
        }
        finally
        {
            if (peer is not null) peers.Remove(peer);
            connection.Transport = plain;
        }
    }

    private async Task Authenticate(ConnectionContext connection, SslStream tls, Func<SslStream, CancellationToken, Task> authenticate)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, connection.ConnectionClosed);
        try
        {
            await authenticate(tls, either.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            throw new ConnectionAbortedException($"TLS with {connection.RemoteEndPoint} failed: {e.Message}", e);
        }
    }

    // Noted first and judged then: who learns the silo's name before it is judged gives it to the judgement, who learns it later finds it noted.
    private ConnectedPeer Demand(ConnectionContext connection, PeerUse use, SiloAddress silo, SslStream tls)
    {
        var certificate = (X509Certificate2)tls.RemoteCertificate!;
        var peer = new ConnectedPeer(silo, certificate, use, PeerIdentity.Of(certificate), connection);
        peers.Add(peer);
        var isElsewhere = use == PeerUse.Server && !silo.Endpoint.Equals(connection.RemoteEndPoint);
        var name = members.CurrentSnapshot.Members.GetValueOrDefault(silo)?.Name;
        if (isElsewhere || peer.Identity.Node is null || (name is not null && !peer.Identity.Covers(name)))
        {
            peers.Remove(peer);
            LogClaim(logger, connection.RemoteEndPoint, silo, name, peer.Identity.Node, string.Join(',', peer.Identity.Homes));
            throw new ConnectionAbortedException($"The peer at {connection.RemoteEndPoint} is not who it says.");
        }
        return peer;
    }

    // Membership may go on to say of the others that they are there; no message would reach them.
    private bool CarriesWhatIsAt(EndPoint? endpoint, PeerIdentity identity)
    {
        SiloAddress[] others =
        [
            .. members.CurrentSnapshot.Members.Values
                .Where(member => member.Status != SiloStatus.Dead && member.SiloAddress.Endpoint.Equals(endpoint) && !identity.Covers(member.Name))
                .Select(member => member.SiloAddress),
        ];
        if (others.Length > 0) refused.Note(others);
        return others.Length == 0;
    }

    private Action<PeerVerdict> Refused(ConnectionContext connection) => verdict => LogRefused(logger, connection.RemoteEndPoint, verdict);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A silo connection with {Peer} is refused: {Verdict}.")]
    private static partial void LogRefused(ILogger logger, EndPoint? peer, PeerVerdict verdict);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "A silo connection with {Peer} is refused: it says to be {Silo}, named {Name}; its certificate is of node {Node} with {Homes}.")]
    private static partial void LogClaim(ILogger logger, EndPoint? peer, SiloAddress silo, string? name, string? node, string homes);

    private sealed record TlsPipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
