using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using CrossBorderSoc.Silo.Peers;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster.Peers;

/// <summary>Certificates of all nodes are replaced while producers push: no call fails, and what is opened afterwards has the new ones.</summary>
public sealed class RotationTests(ITestOutputHelper output)
{
    private const int Rotations = 3;
    private const int CallsBetween = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private int _calls;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Certificates_ReplacedUnderLoad_FailNoCall()
    {
        using var authority = new DevelopmentAuthority();
        var hub = authority.Issue("hub-0", "hub,EU", "BE");
        var be = authority.Issue("be-0", "BE", "BE");
        await using var grid = await TestGrid.Start(
            Consortium.All, Consortium.Agreements, With(hub, "hub-0", "hub", "EU"), With(be, "be-0", "BE"));
        // Pushes arrive at the hub's node, and go on from there to Belgium's silo.
        await using var gateway = await GridGateway.Start(grid, "hub-0", mutual: GatewayTls.Of(hub));
        using var client = authority.Node("soc", "BE", "soc");
        using var enough = new CancellationTokenSource();
        var token = grid.TokenOf(Consortium.Be.Id).Text;
        Task[] load = [OneStream(gateway.Grpc, client, token, enough.Token), ManyConnections(gateway.Grpc, client, token, enough.Token)];

        var shown = new HashSet<string> { be.Now.Certificate.Thumbprint };
        for (var i = 0; i < Rotations; i++)
        {
            await Calls(load);
            using var newHub = authority.Node("hub-0", "hub,EU", "hub-0");
            using var newBe = authority.Node("be-0", "BE", "be-0");
            await Eventually.Holds(
                () => hub.Now.Certificate.Thumbprint == newHub.Thumbprint && be.Now.Certificate.Thumbprint == newBe.Thumbprint,
                "the nodes have read their new certificates", Patience);
            foreach (var (node, thumbprint) in ((string, string)[])[("hub-0", newHub.Thumbprint), ("be-0", newBe.Thumbprint)])
                (await Knock.ShownBy(EndpointOf(grid, node), client)).ShouldBe(thumbprint);
            shown.Add(newBe.Thumbprint);
        }
        await Calls(load);
        await enough.CancelAsync();
        await Task.WhenAll(load);
        shown.Count.ShouldBe(Rotations + 1);
        output.WriteLine($"{_calls} calls over {Rotations} rotations, none failed");
    }

    private static SiloPlan With(NodeCertificates certificates, string node, params string[] homes) =>
        new(node, homes) { Change = silo => silo.AddPeers(certificates) };

    private static System.Net.IPEndPoint EndpointOf(TestGrid grid, string node) =>
        grid.Silos[node].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint;

    // As many again as before; a producer that failed says so at once.
    private async Task Calls(Task[] load)
    {
        var until = Volatile.Read(ref _calls) + CallsBetween;
        await Eventually.Holds(
            () => Volatile.Read(ref _calls) >= until || load.Any(each => each.IsFaulted), "the producers push", Patience);
        foreach (var failed in load.Where(each => each.IsFaulted)) await failed;
    }

    private async Task OneStream(string address, X509Certificate2 certificate, string token, CancellationToken enough)
    {
        using var channel = Channel(address, certificate);
        using var stream = Open(channel, token);
        while (!enough.IsCancellationRequested) await Push(stream);
        await stream.RequestStream.CompleteAsync();
    }

    private async Task ManyConnections(string address, X509Certificate2 certificate, string token, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            using var channel = Channel(address, certificate);
            using var stream = Open(channel, token);
            await Push(stream);
            await stream.RequestStream.CompleteAsync();
        }
    }

    private async Task Push(AsyncDuplexStreamingCall<SightingBatch, BatchAck> stream)
    {
        var at = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(-1));
        var value = string.Create(CultureInfo.InvariantCulture, $"d{Interlocked.Increment(ref _calls)}.example");
        var sighting = new Sighting
        {
            Id = Guid.NewGuid().ToString(),
            Observables = { new Observable { Type = "domain-name", Value = value } },
            FirstSeen = at,
            LastSeen = at,
            Kind = Kind.Positive,
            Marking = new() { Tlp = V1.Tlp.Green },
        };
        await stream.RequestStream.WriteAsync(new() { Sightings = { sighting } }, Cancellation);
        (await stream.ResponseStream.MoveNext(Cancellation)).ShouldBeTrue();
        stream.ResponseStream.Current.Accepted.ShouldBe(1u);
    }

    private static AsyncDuplexStreamingCall<SightingBatch, BatchAck> Open(GrpcChannel channel, string token) =>
        new SightingService.SightingServiceClient(channel).Push(
            new Metadata { { "authorization", "Bearer " + token } }, cancellationToken: Cancellation);

    private static GrpcChannel Channel(string address, X509Certificate2 certificate) =>
        GrpcChannel.ForAddress(address, new() { HttpHandler = Knock.Handler(certificate), DisposeHttpClient = true });
}
