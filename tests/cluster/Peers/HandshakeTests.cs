using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Silo.Peers;
using CrossBorderSoc.Silo.Placement;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster.Peers;

/// <summary>Eight certificates come to the three listeners of a running grid, as Belgium's node; 21 are refused, each for its own reason.</summary>
public sealed class HandshakeTests(ITestOutputHelper output)
{
    private static readonly Observable Address = new(ObservableType.Ipv4Addr, "198.51.100.9");
    private static readonly (string, string)[] Past = [("START", "20200101000000Z"), ("END", "20210101000000Z")];
    private static readonly (string, string)[] Future = [("START", "20480101000000Z"), ("END", "20490101000000Z")];

    [Fact]
    public async Task TwentyFourHandshakes_ThreeAreAccepted()
    {
        using var authority = new DevelopmentAuthority();
        using var other = new DevelopmentAuthority();
        var certificates = authority.Issue("hub-0", "hub,EU", "BE");
        var logs = new HeardLogs();
        await using var grid = await TestGrid.Start(
            new(Consortium.All, Consortium.Agreements) { Logs = logs }, With(certificates, "hub-0", "hub", "EU"),
            With(authority.Issue("be-0", "BE"), "be-0", "BE"));
        (await grid.Push("hub-0", Consortium.Be.Id, "BE", new TestSighting(1, Tlp.Green, Address))).Accepted.ShouldBe(1, "silos meet by TLS");
        var verdicts = new ConcurrentQueue<PeerVerdict>();
        await using var gateway = await GridGateway.Start(grid, "hub-0", mutual: () => certificates.ForGateway(verdicts.Enqueue));
        var hub = grid.Silos["hub-0"].Services;
        var claim = grid.Silos["be-0"].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        var cases = Cases(authority, other);
        certificates.Reload();

        var accepted = 0;
        foreach (var (what, certificate, expected) in cases)
        {
            List<bool> answered =
            [
                await Knock.Silo(hub.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint, certificate, claim, hub),
            ];
            foreach (var knock in (Func<Task<bool>>[])[() => Knock.Grpc(gateway.Grpc, certificate), () => Knock.Http(gateway.Http, certificate)])
            {
                answered.Add(await knock());
                // A client tries more than once.
                verdicts.Distinct().ShouldBe(expected == PeerVerdict.Accepted ? [] : [expected], what);
                verdicts.Clear();
            }
            output.WriteLine($"{what}: silo {answered[0]}, gRPC {answered[1]}, HTTP {answered[2]}: {expected}");
            answered.ShouldAllBe(each => each == (expected == PeerVerdict.Accepted), what);
            if (expected is not (PeerVerdict.Accepted or PeerVerdict.WrongClaim))
                logs.Lines.ShouldContain(line => line.EndsWith($"is refused: {expected}. ", StringComparison.Ordinal), what);
            accepted += answered.Count(each => each);
        }
        (cases.Count * 3, accepted).ShouldBe((24, 3));
        using var producer = authority.Client("soc", "BE");
        var unknown = SiloAddress.New(claim.Endpoint, claim.Generation + 1);
        (await Knock.Silo(hub.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint, producer, unknown, hub)).ShouldBeFalse("it is no node");
        (await Knock.Grpc(gateway.Grpc, producer)).ShouldBeTrue();
        logs.Lines.ShouldContain(line => line.Contains("named BE/be-0; its certificate is of node be-0 with DE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Silo_WithAnothersHome_IsRefusedByTheOthers()
    {
        using var authority = new DevelopmentAuthority();
        var logs = new HeardLogs();
        await using var grid = await TestGrid.Start(
            new(Consortium.All, Consortium.Agreements) { Logs = logs }, With(authority.Issue("hub-0", "hub,EU"), "hub-0", "hub", "EU"),
            With(authority.Issue("be-0", "BE"), "be-0", "BE"));
        await using var impostor = grid.Begin(With(authority.Issue("de-0", "DE"), "de-0", "BE", "DE"));
        await Eventually.Holds(
            () => logs.Lines.Any(line => line.Contains("named BE,DE/de-0", StringComparison.Ordinal)), "the impostor is found",
            TimeSpan.FromSeconds(30));
        var peers = grid.Silos["hub-0"].Services.GetRequiredService<ConnectedPeers>();
        await Eventually.Holds(
            () => !peers.All.Any(peer => peer.Identity.Node == "de-0"), "no connection with it stays", TimeSpan.FromSeconds(30));

        // Whatever its entry says: who dials it, as whoever has a message for it does, gives it no turn from then on.
        foreach (var node in (string[])["hub-0", "be-0"])
        {
            var services = grid.Silos[node].Services;
            (await Knock.From(services, impostor.Address)).ShouldBeFalse();
            services.GetRequiredService<SiloNames>().TryGet(impostor.Address, out _).ShouldBeFalse(node);
        }
        var belgium = grid.Silos["be-0"].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        grid.Silos["hub-0"].Services.GetRequiredService<SiloNames>().TryGet(belgium, out _).ShouldBeTrue();
    }

    private static SiloPlan With(NodeCertificates certificates, string node, params string[] homes) =>
        new(node, homes) { Change = silo => silo.AddPeers(certificates) };

    private static List<(string What, X509Certificate2? Certificate, PeerVerdict Verdict)> Cases(
        DevelopmentAuthority authority, DevelopmentAuthority other)
    {
        List<(string, X509Certificate2?, PeerVerdict)> cases =
        [
            ("none", null, PeerVerdict.NoCertificate),
            ("wrong CA", other.Node("be-0", "BE", "other"), PeerVerdict.UnknownAuthority),
            ("expired", authority.Node("be-0", "BE", "expired", Past), PeerVerdict.Expired),
            ("not yet valid", authority.Node("be-0", "BE", "early", Future), PeerVerdict.NotYetValid),
            ("wrong jurisdiction", authority.Node("be-0", "DE", "foreign"), PeerVerdict.WrongClaim),
            ("revoked", authority.Node("be-0", "BE", "revoked"), PeerVerdict.Revoked),
            ("wrong use", authority.Node("be-0", "BE", "server", ("USE", "serverAuth")), PeerVerdict.WrongUse),
            ("right", authority.Node("be-0", "BE", "right"), PeerVerdict.Accepted),
        ];
        authority.Revoke("revoked");
        return cases;
    }
}
