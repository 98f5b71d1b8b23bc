using System.Net;
using System.Net.Sockets;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>A host resolved to no address that a webhook may connect to.</summary>
internal sealed class TargetRefusedException() : IOException("The target has no address that is allowed.");

/// <summary>Connections to targets: straight to an allowed address, one at a time, without redirects, proxies, cookies or traces.</summary>
internal static class TargetConnections
{
    private const int ResponseHeadersKiB = 16;
    private const int DrainedBytes = 16 * 1024;
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ResolveAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>A client for a target.</summary>
    public static HttpMessageInvoker To(TargetAddresses addresses) => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        ConnectCallback = (context, cancellation) => Connect(addresses, context.DnsEndPoint, cancellation),
        ConnectTimeout = ConnectWithin,
        MaxConnectionsPerServer = 1,
        MaxResponseDrainSize = DrainedBytes,
        MaxResponseHeadersLength = ResponseHeadersKiB,
        PooledConnectionLifetime = ResolveAgainAfter,
        UseCookies = false,
        // A proxy would connect to an address that nobody here has judged.
        UseProxy = false,
    });

    private static async ValueTask<Stream> Connect(TargetAddresses addresses, DnsEndPoint target, CancellationToken cancellation)
    {
        var allowed = Array.FindAll(await Dns.GetHostAddressesAsync(target.Host, cancellation), addresses.Allow);
        if (allowed.Length == 0) throw new TargetRefusedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
