using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Tests.Unit.Warninglists;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class AnalysisTests
{
    private static readonly V1.Observable Asked = new() { Type = "ipv4-addr", Value = "192[.]0[.]2[.]1" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IndicatorView View(string jurisdiction, long count) => IndicatorView.Empty with
    {
        TalliesByJurisdiction = [new(jurisdiction, SightingKind.Positive, new(count, 3_600_000, 7_200_000))],
        TalliesBySource = [new(jurisdiction, false, SightingKind.Positive, new(count, 3_600_000, 7_200_000), jurisdiction)],
        Histogram = [new(7_200_000, SightingKind.Positive, count)],
        Markings = [DisclosedMarking.Redacted(new(Tlp.Green, Pap.Amber, Attribution.Named, [], null, null))],
    };

    private static async Task<V1.GetIndicatorResponse> Get(RunningGateway gateway, string organisation = "nsoc.be") =>
        await new V1.AnalysisService.AnalysisServiceClient(gateway.Channel).GetIndicatorAsync(
            new() { Observable = Asked }, gateway.As(organisation), cancellationToken: Cancellation);

    [Fact]
    public async Task GetIndicator_AsksHubOwnHomeAndThoseWithFullDetail_AndMerges()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnIndicator = home => home.Code switch
        {
            "hub" => new(View("DE", 1), ["BE", "DE"], 1),
            "BE" => new(View("BE", 2), [], 1),
            _ => new(View("DE", 4), [], 1),
        };
        var indicator = (await Get(gateway)).Indicator;
        indicator.Observable.Value.ShouldBe("192.0.2.1");
        indicator.ByJurisdiction.Select(t => (t.Key, t.Count)).ShouldBe([("BE", 2ul), ("DE", 5ul)]);
        indicator.ByKind.ShouldHaveSingleItem().Count.ShouldBe(7ul);
        indicator.Markings.ShouldHaveSingleItem().Level.ShouldBe(V1.DisclosureLevel.Redacted);
        gateway.Grid.Calls.Where(call => call.EndsWith("indicator", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(["BE indicator", "DE indicator", "hub indicator"]);
    }

    [Fact]
    public async Task GetIndicator_ContainersThatHubOrOwnHomeKnow_AreToldTheMostSpecificFirst()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnIndicator = _ => new(View("BE", 1), [], 1);
        gateway.Grid.OnPresence = (home, network) => new(network.Text == (home.IsHub ? "192.0.0.0/16" : "192.0.2.0/24"), 1);
        (await Get(gateway)).Indicator.ContainedIn.Select(each => (each.Type, each.Value))
            .ShouldBe([("ipv4-cidr", "192.0.2.0/24"), ("ipv4-cidr", "192.0.0.0/16")]);
        gateway.Grid.Calls.Where(call => call.EndsWith("presence", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(["BE presence", "hub presence"]);
    }

    [Fact]
    public async Task GetIndicator_NothingVisible_AsksForNoContainers()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnPresence = (_, _) => new(true, 1);
        (await Should.ThrowAsync<RpcException>(() => Get(gateway))).StatusCode.ShouldBe(StatusCode.NotFound);
        gateway.Grid.Calls.ShouldNotContain("hub presence");
    }

    [Fact]
    public async Task GetIndicator_ContainersUnderAnotherPolicyVersion_AreNeverMixedIn()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnIndicator = _ => new(View("BE", 1), [], 1);
        gateway.Grid.OnPresence = (home, _) => new(true, home.IsHub ? 1 : 2);
        (await Should.ThrowAsync<RpcException>(() => Get(gateway))).StatusCode.ShouldBe(StatusCode.Unavailable);
        gateway.Grid.OnPresence = (home, _) => home.IsHub ? throw new GridUnavailableException("canary") : new(true, 1);
        (await Should.ThrowAsync<RpcException>(() => Get(gateway))).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task GetIndicator_ValueOnWarninglists_NamesThem()
    {
        using var shipped = new SomeLists().Unpack();
        await using var gateway = await RunningGateway.Start(("Gateway:Warninglists", shipped.Directory));
        gateway.Grid.OnIndicator = _ => new(View("BE", 1), [], 1);
        var client = new V1.AnalysisService.AnalysisServiceClient(gateway.Channel);
        (await Get(gateway)).Indicator.Warninglists.ShouldBe(["List of RFC 5735 CIDR blocks"]);
        (await client.GetIndicatorAsync(
            new() { Observable = new() { Type = "domain-name", Value = "unlisted.example" } }, gateway.As("nsoc.be"),
            cancellationToken: Cancellation)).Indicator.Warninglists.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetIndicator_ScoresTheMergedView_AtTheGridsTime()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnIndicator = home => new(
            IndicatorView.Empty with
            {
                TalliesByJurisdiction = [new(home.Code, SightingKind.Positive, new(1, Samples.Now, Samples.Now, 80))],
                TalliesBySource =
                [
                    new(home.IsHub ? "DE" : "nsoc.be", !home.IsHub, SightingKind.Positive,
                        new(1, Samples.Now, Samples.Now, 80), home.IsHub ? "DE" : "BE"),
                ],
            },
            [], 1);
        var indicator = (await Get(gateway)).Indicator;
        indicator.Score.ShouldBe(96u);
        indicator.ScoreBasis.ShouldBe(new V1.ScoreBasis { Support = 96, VoicesFor = 2, HalfLifeHours = 336 });
        indicator.BySource.Select(t => (t.Key, t.Jurisdiction, t.Confidence)).ShouldBe([("DE", "DE", 80u), ("nsoc.be", "BE", 80u)]);
    }

    [Fact]
    public async Task GetIndicator_PartsOfTwoPolicyVersions_AreNeverMixed()
    {
        await using var gateway = await RunningGateway.Start();
        var asked = 0;
        gateway.Grid.OnPresence = (_, _) => new(false, 2);
        gateway.Grid.OnIndicator = home => home.IsHub
            ? new(View("DE", 1), [], 2)
            : new(View("BE", 2), [], Interlocked.Increment(ref asked) < 3 ? 1 : 2);
        (await Get(gateway)).Indicator.ByKind[0].Count.ShouldBe(3ul);
        asked.ShouldBe(3);

        gateway.Grid.OnIndicator = home => new(View("BE", 2), [], home.IsHub ? 1 : 2);
        (await Should.ThrowAsync<RpcException>(() => Get(gateway))).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Theory]
    [InlineData("hub")]
    [InlineData("BE")]
    [InlineData("DE")]
    public async Task GetIndicator_HomeThatFails_IsNeverAbsence(string failing)
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnIndicator = home => home.Code == failing
            ? throw new GridUnavailableException("canary")
            : new(IndicatorView.Empty, home.IsHub ? ["DE"] : [], 1);
        var error = await Should.ThrowAsync<RpcException>(() => Get(gateway));
        error.StatusCode.ShouldBe(StatusCode.Unavailable);
        error.ToString().ShouldNotContain("canary");
    }

    [Fact]
    public async Task GetIndicator_JurisdictionWithoutSilo_IsNamedAndTheRestAnswered()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnUnreachable = () => ["DE"];
        gateway.Grid.OnIndicator = home => home.Code == "DE"
            ? throw new GridUnavailableException("out")
            : new(View(home.IsHub ? "FR" : "BE", 1), home.IsHub ? ["DE"] : [], 1);
        var response = await Get(gateway);
        response.UnavailableJurisdictions.ShouldBe(["DE"]);
        response.Indicator.ByKind[0].Count.ShouldBe(2ul);
    }

    [Fact]
    public async Task GetAsset_HiddenAbsentAndUnknownOwner_AreOneAnswer()
    {
        await using var gateway = await RunningGateway.Start();
        var client = new V1.AnalysisService.AnalysisServiceClient(gateway.Channel);
        async Task<byte[]> Ask(string owner, string id)
        {
            var error = await Should.ThrowAsync<RpcException>(async () => await client.GetAssetAsync(
                new() { Owner = owner, AssetId = id }, gateway.As("nsoc.be"), cancellationToken: Cancellation));
            return Bytes(error);
        }
        var hidden = await Ask("nsoc.de", "there");
        (await Ask("nsoc.de", "not-there")).ShouldBe(hidden);
        (await Ask("nobody", "x")).ShouldBe(hidden);
        Bytes(await Should.ThrowAsync<RpcException>(() => Get(gateway))).ShouldBe(hidden);
    }

    [Fact]
    public async Task StreamEvidence_HomesOfTheView_AreOneOrderCutAtTheLimit()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnIndicator = home => new(home.IsHub ? View("AT", 1) : IndicatorView.Empty, [], 1);
        gateway.Grid.OnEvidence = (home, after) => after is null
            ? new([Evidence(home, 5)], new(Evidence(home, 5), 1), 1)
            : new([Evidence(home, 5), Evidence(home, 3)], null, 1);
        (await Stream(gateway, 0)).Select(e => e.Jurisdiction).ShouldBe(["AT", "AT", "BE", "BE", "AT", "BE"]);
        (await Stream(gateway, 4)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task StreamEvidence_PolicyChangesMeanwhile_IsAborted()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnEvidence = (_, _) => new([], null, 2);
        (await Should.ThrowAsync<RpcException>(() => Stream(gateway, 0))).StatusCode.ShouldBe(StatusCode.Aborted);
    }

    private static async Task<List<V1.Evidence>> Stream(RunningGateway gateway, uint limit)
    {
        using var call = new V1.AnalysisService.AnalysisServiceClient(gateway.Channel).StreamEvidence(
            new() { Observable = Asked, Limit = limit }, gateway.As("nsoc.be"), cancellationToken: Cancellation);
        var evidence = new List<V1.Evidence>();
        await foreach (var one in call.ResponseStream.ReadAllAsync(Cancellation)) evidence.Add(one.Evidence);
        return evidence;
    }

    private static DisclosedSighting Evidence(Home home, long lastSeen) => new(
        DisclosureLevel.Redacted, [], SightingKind.Positive, 1, 0, lastSeen, 50,
        DisclosedMarking.Redacted(new(Tlp.Green, Pap.Amber, Attribution.Named, [], null, null)), [], home.Code, null,
            null, null, null, null);

    // Everything that a client gets: status, text, details and trailers, but the clock's.
    private static byte[] Bytes(RpcException error) => System.Text.Encoding.UTF8.GetBytes(
        $"{error.Status.StatusCode} {error.Status.Detail} " + string.Join(';', error.Trailers.Where(t =>
            t.Key != "date")
            .Select(t => t.Key + "=" + (t.IsBinary ? Convert.ToHexString(t.ValueBytes) : t.Value))));
}
