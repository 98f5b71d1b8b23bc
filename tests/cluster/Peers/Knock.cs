using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CrossBorderSoc.Silo.Peers;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Orleans.Serialization;

namespace CrossBorderSoc.Tests.Cluster.Peers;

/// <summary>Comes to a listener with some certificate, and tells whether it answered.</summary>
internal static class Knock
{
    private const int NotedInARow = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    /// <summary>Dials a silo as another silo does; whether it is who membership says.</summary>
    public static async Task<bool> From(IServiceProvider services, SiloAddress to)
    {
        var socket = new Socket(to.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(to.Endpoint, Cancellation);
        using var factory = new SocketConnectionContextFactory(new(), NullLogger<SocketConnectionContextFactory>.Instance);
        await using var connection = factory.Create(socket);
        try
        {
            await services.GetRequiredService<SiloTls>().Open(connection, static _ => Task.CompletedTask);
            return true;
        }
        catch (ConnectionAbortedException)
        {
            return false;
        }
    }

    public static async Task<bool> Grpc(string address, X509Certificate2? certificate)
    {
        using var channel = GrpcChannel.ForAddress(address, new() { HttpHandler = Handler(certificate), DisposeHttpClient = true });
        try
        {
            await new Health.HealthClient(channel).CheckAsync(new(), cancellationToken: Cancellation);
            return true;
        }
        catch (RpcException e) when (e.Status.DebugException is HttpRequestException)
        {
            return false;
        }
    }

    public static async Task<bool> Http(string address, X509Certificate2? certificate)
    {
        using var http = new HttpClient(Handler(certificate));
        try
        {
            return (await http.GetAsync(address + "/health/live", Cancellation)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>
    /// As a silo does: TLS, then the silo that it claims to be. A silo that lets it in notes it, another one hangs up. (What it says itself, before
    /// it has heard, tells nothing.)
    /// </summary>
    public static async Task<bool> Silo(IPEndPoint endpoint, X509Certificate2? certificate, SiloAddress claim, IServiceProvider services)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(endpoint, Cancellation);
        await using var tls = new SslStream(tcp.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(Options(certificate), Cancellation);
            await tls.WriteAsync(Preamble(claim, services), Cancellation);
            var ended = ReadToEnd(tls);
            var peers = services.GetRequiredService<ConnectedPeers>();
            // For a moment one that is being judged is noted, too.
            var noted = 0;
            await Eventually.Holds(
                () => (noted = IsNoted() ? noted + 1 : 0) == NotedInARow || ended.IsCompleted, "the silo hangs up or notes the peer", Patience);
            return noted == NotedInARow;

            bool IsNoted() => peers.All.Any(peer => peer.Certificate.Thumbprint == certificate?.Thumbprint);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return false;
        }
    }

    private static async Task ReadToEnd(Stream stream)
    {
        try
        {
            while (await stream.ReadAsync(new byte[256], Cancellation) > 0)
            {
                // What it says is not looked at.
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It hung up, or we did.
        }
    }

    /// <summary>The certificate that a silo shows now.</summary>
    public static async Task<string> ShownBy(IPEndPoint endpoint, X509Certificate2 certificate)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(endpoint, Cancellation);
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(Options(certificate), Cancellation);
        return ((X509Certificate2)tls.RemoteCertificate!).Thumbprint;
    }

    // What Orleans itself would send: its own type, which is not public.
    private static byte[] Preamble(SiloAddress claim, IServiceProvider services)
    {
        var core = typeof(Orleans.ConnectionMiddlewareExtensions).Assembly;
        var type = core.GetType("Orleans.Runtime.Messaging.ConnectionPreamble", throwOnError: true)!;
        var preamble = Activator.CreateInstance(type)!;
        var version = type.GetProperty("NetworkProtocolVersion")!;
        version.SetValue(preamble, Enum.ToObject(version.PropertyType, (byte)2));
        var constants = core.GetType("Orleans.Runtime.Constants", throwOnError: true)!;
        type.GetProperty("NodeIdentity")!.SetValue(preamble, constants.GetField("SiloDirectConnectionId")!.GetValue(null));
        type.GetProperty("SiloAddress")!.SetValue(preamble, claim);
        type.GetProperty("ClusterId")!.SetValue(preamble, "crossbordersoc");
        var serializer = services.GetRequiredService<Serializer>();
        var serialize = typeof(Serializer).GetMethods().Single(m => m.Name == "SerializeToArray" && m.IsGenericMethod).MakeGenericMethod(type);
        var body = (byte[])serialize.Invoke(serializer, [preamble])!;
        var framed = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(framed, body.Length);
        body.CopyTo(framed.AsSpan(sizeof(int)));
        return framed;
    }

    /// <summary>Connections with a certificate, or with none.</summary>
    public static SocketsHttpHandler Handler(X509Certificate2? certificate) => new() { SslOptions = Options(certificate) };

    // The certificate is sent whatever the server asks for, and the server's is not what is tested.
    private static SslClientAuthenticationOptions Options(X509Certificate2? certificate) => new()
    {
        TargetHost = "localhost",
        ClientCertificateContext = certificate is null ? null
            : SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
        RemoteCertificateValidationCallback = static (_, shown, _, _) => shown is not null,
    };
}
