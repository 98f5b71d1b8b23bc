using System.Diagnostics;
using System.Text.Json.Nodes;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// A state of two silos and its gateway are cut off from the hub, the other states and the list of nodes: they go on taking in and answering owners
/// about their own, tell nothing between organisations, and when they are connected again the hub gets everything, under the policy as it is then.
/// </summary>
public sealed class CutOffTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Second = "be2";
    private const int ManyBatches = 40;
    private const string Ended = "bilateral-nsoc.be-nsoc.nl";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly Dictionary<string, string> Homes = new()
    {
        [ManyNodes.Hub] = "hub,EU",
        [ManyNodes.De] = "DE,NL",
        [ManyNodes.Be] = "BE",
        [Second] = "BE",
        [ManyNodes.Gateway] = "none",
    };

    private readonly Wall _wall = new("be-0", "be2-0", "gateway-0");
    private RedisProcess _members = null!;
    private RedisProcess _store = null!;
    private ManyNodes _grid = null!;
    private long _since;

    public async ValueTask InitializeAsync()
    {
        if (!RedisProcess.IsInstalled) Assert.Skip("redis-server is not installed");
        (_members, _store) = (await RedisProcess.Start(), await RedisProcess.Start());
        var list = _wall.Before(_members.Endpoint, isInside: false);
        _grid = await ManyNodes.Start(Homes, (node, silo) =>
        [
            .. ManyNodes.InRedis(list),
            ("Cluster__AdvertisedEndpoint", _wall.Before(silo, isInside: node is not (ManyNodes.Hub or ManyNodes.De))),
            .. node is ManyNodes.Be or Second ? new[] { ("Stores__BE__Redis", _store.Endpoint) } : [],
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_grid is not null) await _grid.DisposeAsync();
        await _wall.DisposeAsync();
        _store?.Dispose();
        _members?.Dispose();
    }

    [Fact]
    public async Task State_CutOff_TakesInAndAnswersOwners_AndHealed_ReleasesEverythingAsThePolicyIsThen()
    {
        await Push("nsoc.be", Tlp.Green, "shared.example");
        await Push("nsoc.be", Tlp.Amber, "bilateral.example");
        await Push("energy.be", Tlp.Amber, "constituent.example");
        foreach (var node in (string[])[ManyNodes.Be, Second]) await _grid[node].ReleasesCaughtUp();
        (await Seen("nsoc.be", "constituent.example")).ShouldBe(StatusCode.OK, "its constituency shares with it");
        (await Outside("nsoc.nl", "bilateral.example")).ShouldBe(StatusCode.OK);

        _wall.Shut();
        _since = Stopwatch.GetTimestamp();
        await Push("nsoc.be", Tlp.Green, "meanwhile.example");
        Say("acknowledged behind the wall");
        await Eventually.Holds(
            async () => await Seen("nsoc.be", "shared.example") == StatusCode.OK, "owners are answered without the hub", Patience);
        Say("owners are answered about their own");
        await OwnersSeeTheirOwnAlone();
        await WorkOnBothSides();

        _wall.Open();
        _since = Stopwatch.GetTimestamp();
        await Heal();
        foreach (var domain in (string[])["shared.example", "meanwhile.example", .. Many])
        {
            (await _grid.See(ManyNodes.Hub, "nsoc.de", domain)).Indicator.ByKind.Single().Count.ShouldBe(1u, domain);
            (await _grid.See(ManyNodes.Gateway, "nsoc.be", domain)).Indicator.ByKind.Single().Count.ShouldBe(1u, domain);
        }
        (await _grid.See(ManyNodes.Gateway, "nsoc.be", "shared.example")).UnavailableJurisdictions.ShouldNotContain("hub");
        (await Seen("nsoc.be", "constituent.example")).ShouldBe(StatusCode.OK);
        foreach (var domain in (string[])["bilateral.example", "narrowed.example"])
            (await Outside("nsoc.nl", domain)).ShouldBe(StatusCode.NotFound, "the agreement has ended");
        (await Outside("nsoc.de", "embargoed.example")).ShouldBe(StatusCode.NotFound);
    }

    private static IEnumerable<string> Many => Enumerable.Range(0, ManyBatches).Select(i => $"many-{i}.example");

    private async Task OwnersSeeTheirOwnAlone()
    {
        foreach (var domain in (string[])["shared.example", "bilateral.example", "meanwhile.example"])
        {
            var own = await _grid.See(ManyNodes.Gateway, "nsoc.be", domain);
            own.Indicator.ByKind.Single().Count.ShouldBe(1u, domain);
            own.UnavailableJurisdictions.ShouldContain("hub");
        }
        foreach (var (organisation, domain) in ((string, string)[])
            [("nsoc.be", "constituent.example"), ("csirt.be", "shared.example"), ("nsoc.be", "unseen.example")])
            (await Seen(organisation, domain)).ShouldBe(StatusCode.Unavailable, $"{organisation} {domain}");
        (await _grid[ManyNodes.Gateway].Ready()).ShouldStartWith("Degraded\npolicy: The lease on the policy is over");
    }

    // The agreement with the Netherlands is ended, and Belgium cannot hear of it; and one of its silos crashes, which nobody can strike off: what
    // falls to it fails, and a producer that sends again gets everything in.
    private async Task WorkOnBothSides()
    {
        await Eventually.Holds(
            async () => (await _grid.See(ManyNodes.Hub, "nsoc.de", "shared.example")).UnavailableJurisdictions.Contains("BE"),
            "Belgium is known to be out elsewhere", Patience);
        Say("known to be out elsewhere");
        _grid.Consortium = WithoutTheAgreement(_grid.Folder("narrowed"));
        await _grid.Restart(ManyNodes.Hub);
        Say("the agreement has ended");
        await Push("nsoc.be", Tlp.Amber, "narrowed.example");
        await Push("nsoc.be", Tlp.Green, "embargoed.example", Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(30)));
        await _grid[Second].Kill();
        foreach (var domain in Many) await PushUntilAcknowledged(domain);
        Say("all is acknowledged without the silo that crashed");
    }

    private async Task Heal()
    {
        foreach (var node in (string[])[ManyNodes.Be, ManyNodes.Gateway])
        {
            (await _grid.Supervise(node)).ShouldContain("I have been told I am dead", Case.Insensitive, node);
            Say(node + " has ended itself and is back");
        }
        await _grid.Restart(Second);
        foreach (var node in (string[])[ManyNodes.Be, Second]) await _grid[node].ReleasesCaughtUp();
        Say("everything is released");
    }

    private async Task Push(string owner, Tlp tlp, string domain, Timestamp? embargo = null) =>
        (await _grid.Push(ManyNodes.Gateway, owner, tlp, domain, embargoUntil: embargo)).Accepted.ShouldBe(1u, domain);

    private Task PushUntilAcknowledged(string domain)
    {
        var id = Guid.NewGuid().ToString();
        return Eventually.Holds(
            async () => await ManyNodes.StatusOf(_grid.Push(ManyNodes.Gateway, "nsoc.be", Tlp.Green, domain, id)) == StatusCode.OK,
            domain + " is acknowledged", Patience);
    }

    private Task<StatusCode> Seen(string organisation, string domain) => ManyNodes.StatusOf(_grid.See(ManyNodes.Gateway, organisation, domain));

    private Task<StatusCode> Outside(string organisation, string domain) => ManyNodes.StatusOf(_grid.See(ManyNodes.Hub, organisation, domain));

    private void Say(string what) => output.WriteLine($"{Stopwatch.GetElapsedTime(_since).TotalSeconds,5:0.0} s: {what}");

    private static string WithoutTheAgreement(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Repository.RealStream, "*.json")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var path = Path.Combine(folder, "agreements.json");
        var agreements = JsonNode.Parse(File.ReadAllText(path))!.AsArray();
        agreements.Remove(agreements.Single(each => (string?)each!["id"] == Ended)).ShouldBeTrue();
        File.WriteAllText(path, agreements.ToJsonString());
        return folder;
    }
}
