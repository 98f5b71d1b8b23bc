using System.Net.Security;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>Mutual TLS of gRPC and HTTP, by the node's own certificate.</summary>
internal static class GatewayTls
{
    /// <summary>What each new connection is given, or null for a node without certificates.</summary>
    public static Func<SslServerAuthenticationOptions>? Of(NodeCertificates? certificates) =>
        certificates is null ? null : () => certificates.ForGateway(static _ => { });
}
