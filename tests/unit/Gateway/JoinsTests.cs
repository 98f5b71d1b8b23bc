using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using Grpc.Core;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>
/// Of what assets join the hub knows nothing: every home is asked, whatever the answer, so that asking tells nothing (decision 0014).
/// </summary>
public sealed class JoinsTests
{
    private static readonly V1.Observable Supplier = new() { Type = "supplier", Value = "Acme" };
    private static readonly V1.Observable Domain = new() { Type = "domain-name", Value = "one.example" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("DE")]
    [InlineData("DE,FR")]
    public async Task GetIndicator_OfASupplier_AsksEveryHomeOnce_WhateverTheHubNames(string named)
    {
        await using var gateway = await RunningGateway.Start();
        var inFull = named.Split(',', StringSplitOptions.RemoveEmptyEntries);
        gateway.Grid.Answer(atHub: ["AT"], inFull);
        var answer = await Client(gateway).GetIndicatorAsync(new() { Observable = Supplier }, gateway.As("nsoc.be"), cancellationToken: Cancellation);
        answer.Indicator.ByJurisdiction.Count.ShouldBe(1 + inFull.Length);
        Asked(gateway, "indicator").ShouldBe(["BE", "DE", "FR", "hub"]);
    }

    [Theory]
    [InlineData("GetIndicator")]
    [InlineData("GetIncident")]
    public async Task Supplier_OfWhichAHomeIsOut_IsUnavailableAndNeverAbsent(string method)
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnUnreachable = () => ["FR"];
        gateway.Grid.Answer(atHub: [], inFull: [], home =>
        {
            if (home.Code == "FR") throw new OrleansException("out");
        });
        (await Should.ThrowAsync<RpcException>(() => Get(gateway, method, Supplier))).StatusCode.ShouldBe(StatusCode.Unavailable);
        (await Should.ThrowAsync<RpcException>(() => Get(gateway, method, Domain))).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task GetIncident_ThatComesToASupplier_AsksEveryHomeForIt()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnCorrelate = (home, node) => new(
            home.IsHub && node.Type == ObservableType.DomainName
                ? new(SeenBy("DE", "BE"), [new(ObservableType.Supplier, [new("acme", Samples.Now)])], [])
            : home.Code is "DE" or "FR" ? new(SeenBy(home.Code), [], []) : new([], [], []), [], 1);
        var incident = (await Client(gateway).GetIncidentAsync(
            new() { Observable = Domain }, gateway.As("nsoc.be"), cancellationToken: Cancellation)).Incident;
        incident.Core.Select(node => node.Observable.Value).ShouldBe(["one.example", "acme"]);
        incident.Core[1].MemberStates.ShouldBe(["DE", "FR"]);
        Asked(gateway, "correlate").ShouldBe(["BE", "BE", "DE", "FR", "hub", "hub"]);
    }

    [Theory]
    [InlineData("", "BE DE FR hub")]
    [InlineData("supplier", "BE DE FR hub")]
    [InlineData("url", "BE hub")]
    public async Task List_AsksForeignHomesForWhatAssetsJoinOnly(string type, string expected)
    {
        await using var gateway = await RunningGateway.Start();
        var request = new V1.ListIndicatorsRequest { Filter = new() };
        if (type.Length > 0) request.Filter.Types_.Add(type);
        gateway.Grid.OnUnreachable = () => ["FR"];
        gateway.Grid.OnLastSeen = (home, _, _) => home.Code == "FR" ? throw new OrleansException("out") : new([], null, 1);
        var answer = await Client(gateway).ListIndicatorsAsync(request, gateway.As("nsoc.be"), cancellationToken: Cancellation);
        answer.UnavailableJurisdictions.ShouldBe(["FR"]);
        Asked(gateway, "last seen").ShouldBe(expected.Split(' '));
    }

    private static async Task Get(RunningGateway gateway, string method, V1.Observable observable)
    {
        if (method == "GetIndicator")
            await Client(gateway).GetIndicatorAsync(new() { Observable = observable }, gateway.As("nsoc.be"), cancellationToken: Cancellation);
        else
            await Client(gateway).GetIncidentAsync(new() { Observable = observable }, gateway.As("nsoc.be"), cancellationToken: Cancellation);
    }

    private static IEnumerable<string> Asked(RunningGateway gateway, string kind) => gateway.Grid.Calls
        .Where(call => call.EndsWith(" " + kind, StringComparison.Ordinal)).Select(call => call[..call.IndexOf(' ')])
        .Order(StringComparer.Ordinal);

    private static System.Collections.Immutable.ImmutableArray<JurisdictionActivity> SeenBy(params string[] jurisdictions) =>
        [.. jurisdictions.Select(code => new JurisdictionActivity(code, Samples.Now, [Samples.Now - Samples.Now % 3_600_000]))];

    private static V1.AnalysisService.AnalysisServiceClient Client(RunningGateway gateway) => new(gateway.Channel);
}
