using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Tests.Unit.Warninglists;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class GetIncidentTests
{
    private static readonly Observable One = new(ObservableType.DomainName, "one.example");
    private static readonly Observable Two = new(ObservableType.DomainName, "two.example");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetIncident_PartsOfHubOwnAndForeignHomes_AreOneIncident()
    {
        await using var gateway = await RunningGateway.Start();
        // DE alone at the hub, BE at home; that both are seen together is known in full at FR only.
        gateway.Grid.OnCorrelate = (home, node) => home.Code switch
        {
            "hub" => new(SeenBy("DE"), ["FR"], 1),
            "BE" => new(SeenBy("BE"), [], 1),
            _ => new(new(SeenBy("FR").Activity, [new(ObservableType.DomainName, [new(Other(node).Text, Samples.Now)])], []), [], 1),
        };
        var incident = (await Get(gateway, Observable(One))).Incident;
        incident.Core.Select(node => node.Observable.Value).ShouldBe(["one.example", "two.example"]);
        incident.Core[0].MemberStates.ShouldBe(["BE", "DE", "FR"]);
        incident.Links.ShouldHaveSingleItem().ShouldBe(new V1.IncidentLink { One = 0, Other = 1 });
        incident.Id.ShouldBe("INC-one.example");
        gateway.Grid.Calls.Count(call => call.EndsWith("correlate", StringComparison.Ordinal)).ShouldBe(6, "three homes, two levels");
    }

    [Fact]
    public async Task GetIncident_HiddenAbsentAndNoIncident_AreTheSameAnswer()
    {
        await using var gateway = await RunningGateway.Start();
        var answers = new List<RpcException> { await Refusal(gateway, Observable(One)) };
        answers.Add(await Refusal(gateway, new() { IncidentId = "INC-" + new string('A', 32) }));
        answers.Add(await Refusal(gateway, new() { IncidentId = "nonsense" }));
        gateway.Grid.OnFindIncident = (home, _) => home.IsHub ? One : null;
        answers.Add(await Refusal(gateway, new() { IncidentId = "INC-" + new string('B', 32) }));
        gateway.Grid.OnCorrelate = (_, _) => new(SeenBy("DE"), [], 1);
        answers.Add(await Refusal(gateway, Observable(One)));
        answers.ShouldAllBe(answer => answer.StatusCode == StatusCode.NotFound);
        answers.Select(answer => answer.Status.Detail + string.Join(',', answer.Trailers.Select(t => t.Key))).Distinct().ShouldHaveSingleItem();
        gateway.Grid.Calls.ShouldNotContain("hub name", "no identifier is given for what is not shown");
    }

    [Theory]
    [InlineData("hub", "hub find")]
    [InlineData("BE", "hub find, BE find")]
    [InlineData("FR", "hub find, BE find, DE find, FR find")]
    public async Task GetIncident_ByIdentifier_AsksNoFurtherThanItIsFound(string knows, string asked)
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnCorrelate = (_, _) => new(SeenBy("DE", "FR"), [], 1);
        gateway.Grid.OnFindIncident = (home, _) => home.Code == knows ? One : null;
        (await Get(gateway, new() { IncidentId = "INC-" + new string('A', 32) })).Incident.Core.Single().Observable.Value.ShouldBe("one.example");
        gateway.Grid.Calls.Where(call => call.EndsWith("find", StringComparison.Ordinal)).Order(HubAndOwnFirst)
            .ShouldBe(asked.Split(", "));
    }

    [Fact]
    public async Task GetIncident_ByAnIdentifierThatAHomeWhichIsOutMayKnow_IsUnavailable()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnUnreachable = () => ["FR"];
        gateway.Grid.OnFindIncident = (home, _) => home.Code == "FR" ? throw new GridUnavailableException("canary") : null;
        (await Refusal(gateway, new() { IncidentId = "INC-" + new string('A', 32) })).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Theory]
    [InlineData("hub", "hub name")]
    [InlineData("BE", "hub name, BE keep")]
    public async Task GetIncident_Identifier_IsKeptAtTheHubOrElseAtHome(string keeps, string asked)
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnCorrelate = (_, _) => new(SeenBy("DE", "FR"), [], 1);
        gateway.Grid.OnKeeps = home => home.Code == keeps;
        (await Get(gateway, Observable(One))).Incident.Id.ShouldBe("INC-one.example");
        gateway.Grid.Calls.Where(call => call.EndsWith("name", StringComparison.Ordinal) || call.EndsWith("keep", StringComparison.Ordinal))
            .ShouldBe(asked.Split(", "));
    }

    [Fact]
    public async Task GetIncident_ValueOnAWarninglist_JoinsNothing()
    {
        using var lists = new SomeLists();
        lists.Write("one", "hostname", ["domain"], "two.example");
        lists.WriteIndex("one");
        await using var gateway = await RunningGateway.Start(("Gateway:Warninglists", lists.Directory));
        gateway.Grid.OnCorrelate = (home, node) => home.IsHub
            ? new(new(SeenBy("DE", "FR").Activity, [new(ObservableType.DomainName, [new(Other(node).Text, Samples.Now)])], []), [], 1)
            : new(new([], [], []), [], 1);
        var incident = (await Get(gateway, Observable(One))).Incident;
        incident.Core.ShouldHaveSingleItem().Observable.Value.ShouldBe("one.example");
        incident.Fringe.ShouldHaveSingleItem().Value.ShouldBe("two.example", "flagged, never dropped");
        (await Refusal(gateway, Observable(Two))).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task GetIncident_WithoutAName_NamesTheField()
    {
        await using var gateway = await RunningGateway.Start();
        (await Refusal(gateway, new())).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        (await Refusal(gateway, new() { IncidentId = new string('x', 65) })).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task GetIncident_LevelsUnderTwoPolicyVersions_AreNeverMixed()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnCorrelate = (home, node) => home.IsHub
            ? new(new(SeenBy("DE", "FR").Activity, [new(ObservableType.DomainName, [new(Other(node).Text, Samples.Now)])], []), [],
                node == One ? 1 : 2)
            : new(new([], [], []), [], node == One ? 1 : 2);
        (await Refusal(gateway, Observable(One))).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Theory]
    [InlineData("hub")]
    [InlineData("BE")]
    [InlineData("FR")]
    public async Task GetIncident_HomeThatFails_IsNeverAbsence(string failing)
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnCorrelate = (home, _) => home.Code == failing
            ? throw new GridUnavailableException("canary")
            : new(SeenBy("DE"), home.IsHub ? ["FR"] : [], 1);
        var error = await Refusal(gateway, Observable(One));
        error.StatusCode.ShouldBe(StatusCode.Unavailable);
        error.ToString().ShouldNotContain("canary");
    }

    private static Comparer<string> HubAndOwnFirst { get; } = Comparer<string>.Create((one, two) => (Rank(one), one).CompareTo((Rank(two), two)));

    private static int Rank(string call) => call[..2] switch { "hu" => 0, "BE" => 1, _ => 2 };

    private static Observable Other(in Observable node) => node == One ? Two : One;

    private static Correlation SeenBy(params string[] jurisdictions) => new(
        [.. jurisdictions.Select(code => new JurisdictionActivity(code, Samples.Now, [Samples.Now - Samples.Now % 3_600_000]))], [], []);

    private static V1.GetIncidentRequest Observable(in Observable node) =>
        new() { Observable = new() { Type = "domain-name", Value = node.Text } };

    private static async Task<V1.GetIncidentResponse> Get(RunningGateway gateway, V1.GetIncidentRequest request) =>
        await new V1.AnalysisService.AnalysisServiceClient(gateway.Channel).GetIncidentAsync(
            request, gateway.As("nsoc.be"), cancellationToken: Cancellation);

    private static Task<RpcException> Refusal(RunningGateway gateway, V1.GetIncidentRequest request) =>
        Should.ThrowAsync<RpcException>(() => Get(gateway, request));
}
