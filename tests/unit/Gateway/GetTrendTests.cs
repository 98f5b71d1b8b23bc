using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using Grpc.Core;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class GetTrendTests
{
    private static readonly V1.GetTrendRequest Technique = new() { Technique = "T1566" };
    private static readonly V1.GetTrendRequest Sector = new() { Sector = " Energy" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetTrend_OfATechnique_AsksHubOwnHomeAndThoseWithFullDetail_AndMerges()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnTrend = (home, name) => name != TrendName.OfTechnique("T1566") ? new(TrendView.Empty, [], 1) : home.Code switch
        {
            "hub" => new(View("FR", 1), ["BE", "DE"], 1),
            "BE" => new(View("BE", 2), [], 1),
            _ => new(View("DE", 40), [], 1),
        };
        var trend = (await Get(gateway, Technique)).Trend;
        trend.Technique.ShouldBe("T1566");
        trend.ByJurisdiction.Select(t => (t.Key, t.Count)).ShouldBe([("BE", 2ul), ("DE", 40ul), ("FR", 1ul)]);
        trend.ByKind.ShouldHaveSingleItem().Count.ShouldBe(43ul);
        trend.Histogram.Select(bucket => bucket.Count).ShouldBe([3ul, 43ul]);
        (trend.Burst.Observed, trend.Burst.Hours).ShouldBe((43ul, 1u));
        Asked(gateway).ShouldBe(["BE", "DE", "hub"]);
    }

    [Fact]
    public async Task GetTrend_OfASector_AsksEveryJurisdictionAndNeverTheHub()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnTrend = (home, name) => new(
            home.Code == "FR" && name == TrendName.OfSector("energy") ? View("FR", 7) : TrendView.Empty, [], 1);
        var trend = (await Get(gateway, Sector)).Trend;
        trend.Sector.ShouldBe("energy");
        trend.ByJurisdiction.ShouldHaveSingleItem().Count.ShouldBe(7ul);
        Asked(gateway).ShouldBe(["BE", "DE", "FR"]);
    }

    [Fact]
    public async Task GetTrend_OfWhatIsHiddenOrAbsent_IsNotFoundInTheSameWords()
    {
        await using var gateway = await RunningGateway.Start();
        var answers = await Task.WhenAll(Refusal(gateway, Technique), Refusal(gateway, Sector));
        answers.ShouldAllBe(answer => answer.StatusCode == StatusCode.NotFound);
        answers.Select(answer => answer.Status.Detail).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task GetTrend_OfASectorWithAJurisdictionThatIsOut_IsUnavailableOrSaysSo()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnUnreachable = () => ["DE"];
        gateway.Grid.OnTrend = (home, _) => home.Code == "DE" ? throw new OrleansException("out") : new(TrendView.Empty, [], 1);
        (await Refusal(gateway, Sector)).StatusCode.ShouldBe(StatusCode.Unavailable);
        gateway.Grid.OnTrend = (home, _) => home.Code == "DE" ? throw new OrleansException("out") : new(View("BE", 1), [], 1);
        (await Get(gateway, Sector)).UnavailableJurisdictions.ShouldBe(["DE"]);
    }

    [Theory]
    [InlineData("", null, "technique", "INVALID_TECHNIQUE")]
    [InlineData("t1566", null, "technique", "INVALID_TECHNIQUE")]
    [InlineData("T1566.01", null, "technique", "INVALID_TECHNIQUE")]
    [InlineData(null, "", "sector", "REQUIRED")]
    [InlineData(null, "  ", "sector", "REQUIRED")]
    [InlineData(null, "a\nb", "sector", "CONTROL_CHARACTER")]
    [InlineData(null, null, "subject", "REQUIRED")]
    public async Task GetTrend_OfWhatIsNone_IsRefusedWithFieldAndReason(string? technique, string? sector, string field, string reason)
    {
        await using var gateway = await RunningGateway.Start();
        var request = new V1.GetTrendRequest();
        if (technique is not null) request.Technique = technique;
        if (sector is not null) request.Sector = sector;
        var refusal = (await Refusal(gateway, request)).GetRpcStatus().ShouldNotBeNull();
        var violation = refusal.GetDetail<Google.Rpc.BadRequest>().FieldViolations.ShouldHaveSingleItem();
        (violation.Field, violation.Reason).ShouldBe((field, reason));
        gateway.Grid.Calls.ShouldBeEmpty();
    }

    // A little four days ago, and much in the present hour.
    private static TrendView View(string jurisdiction, long count)
    {
        var hour = Samples.Now - Samples.Now % 3_600_000;
        return new(
            [new(jurisdiction, SightingKind.Positive, new(count, hour, hour))],
            [new(hour - 96 * 3_600_000, SightingKind.Positive, 1), new(hour, SightingKind.Positive, count)]);
    }

    private static IEnumerable<string> Asked(RunningGateway gateway) => gateway.Grid.Calls
        .Where(call => call.EndsWith(" trend", StringComparison.Ordinal)).Select(call => call.Split(' ')[0]).Order(StringComparer.Ordinal);

    private static async Task<V1.GetTrendResponse> Get(RunningGateway gateway, V1.GetTrendRequest request) =>
        await new V1.AnalysisService.AnalysisServiceClient(gateway.Channel).GetTrendAsync(
            request, gateway.As("nsoc.be"), cancellationToken: Cancellation);

    private static Task<RpcException> Refusal(RunningGateway gateway, V1.GetTrendRequest request) =>
        Should.ThrowAsync<RpcException>(() => Get(gateway, request));
}
