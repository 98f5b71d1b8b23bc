using Grpc.Core;
using Grpc.Net.Client;

namespace CrossBorderSoc.Client.Access;

/// <summary>A connection to a grid's gateway. Opens on the first call, and again by itself.</summary>
public sealed class GridConnection : IDisposable
{
    private readonly GrpcChannel channel;

    private GridConnection(Uri address, GrpcChannel channel) => (Address, this.channel) = (address, channel);

    /// <summary>Where the gateway is.</summary>
    public Uri Address { get; }

    /// <summary>Makes calls without a token.</summary>
    public CallInvoker Invoker => channel.CreateCallInvoker();

    /// <summary>
    /// Prepares a connection: <c>https</c> anywhere, plain <c>http</c> (h2c) on loopback only, since calls carry a token.
    /// </summary>
    /// <exception cref="GridAccessException">The address is none of these.</exception>
    public static GridConnection To(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new GridAccessException($"\"{url}\" is no address of a grid: http://127.0.0.1:5081 was expected.");
        if (address.Scheme == "http" && !address.IsLoopback)
            throw new GridAccessException($"\"{url}\" would send your token in the clear: use https beyond loopback.");
        var handler = new SocketsHttpHandler
        {
            // More owners than one connection's streams may push at once.
            EnableMultipleHttp2Connections = true,
            // A peer that went away without a word is noticed.
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            UseProxy = !address.IsLoopback,
        };
        var options = new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = 64 * 1024 * 1024,
            // The push paces itself; the channel's own back-off would add to it unseen.
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(100),
            MaxReconnectBackoff = TimeSpan.FromSeconds(5),
        };
        return new(address, GrpcChannel.ForAddress(address, options));
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();
}
