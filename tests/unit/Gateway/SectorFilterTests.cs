using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>What is chosen by sector: of indicators, of incidents, by lists and by watches; and what is no sector.</summary>
public sealed class SectorFilterTests
{
    private static readonly long At = LastSeenPlace.HourOf(Samples.Now);
    private static readonly Observable One = new(ObservableType.DomainName, "one.example");
    private static readonly Observable Two = new(ObservableType.DomainName, "two.example");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string[]> Bad => new()
    {
        { "filter.sectors[1]", "REQUIRED", ["energy", ""] },
        { "filter.sectors[0]", "REQUIRED", [" \u00A0"] },
        { "filter.sectors[0]", "TOO_LONG", [new('é', 129)] },
        { "filter.sectors", "TOO_MANY_SECTORS", [.. Enumerable.Range(0, 21).Select(i => $"sector {i}")] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Sectors_ThatAreNone_AreRefusedByField(string field, string reason, string[] sectors)
    {
        await using var gateway = await RunningGateway.Start();
        var filter = new V1.ListFilter { Sectors = { sectors } };
        using var watch = Watch(gateway, filter);
        foreach (var ask in (Func<Task>[])
        [
            () => Indicators(gateway, filter), () => Incidents(gateway, filter), () => Next(watch),
        ])
        {
            var refused = await Should.ThrowAsync<RpcException>(ask);
            refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
            var details = refused.GetRpcStatus()!;
            details.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.ShouldHaveSingleItem().Field.ShouldBe(field);
            details.GetDetail<Google.Rpc.ErrorInfo>()!.Reason.ShouldBe(reason);
        }
        gateway.Grid.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("one.example", "energy")]
    [InlineData("one.example", " ENERGY ", "absent")]
    [InlineData("one.example,two.example", "energy", "health")]
    [InlineData("", "absent")]
    [InlineData("one.example,two.example")]
    public async Task ListIndicators_BySector_HoldsWhatWasSeenOnItsAssets(string listed, params string[] sectors)
    {
        await using var gateway = await Seen(("energy", One), ("health", Two));
        var answer = await Indicators(gateway, new() { Sectors = { sectors } });
        string.Join(',', answer.Indicators.Select(entry => entry.Observable.Value)).ShouldBe(listed);
    }

    [Fact]
    public async Task Token_OfOtherSectors_IsRefused()
    {
        await using var gateway = await Seen(("energy", One), ("energy", Two));
        var token = (await Indicators(gateway, new() { Sectors = { "energy" } }, size: 1)).NextPageToken;
        (await Indicators(gateway, new() { Sectors = { "energy" } }, token: token)).Indicators.Single().Observable.Value
            .ShouldBe("two.example");
        await Should.ThrowAsync<RpcException>(() => Indicators(gateway, new() { Sectors = { "health" } }, token: token));
    }

    [Theory]
    [InlineData(true, "energy", 0)]
    [InlineData(true, "energy", -Bounds.CorrelationWindowMilliseconds)]
    [InlineData(false, "energy", -Bounds.CorrelationWindowMilliseconds - 1)]
    [InlineData(false, "health", 0)]
    public async Task ListIncidents_BySector_AreThoseOfWhoseCoreSomethingWasSeenThereWithinTheWindow(bool isListed, string sector, long age)
    {
        await using var gateway = await Incident(two => two with { Sectors = [new("energy", Samples.Now + age)] });
        (await Incidents(gateway, new() { Sectors = { sector } })).Incidents.Count.ShouldBe(isListed ? 1 : 0);
    }

    [Theory]
    [InlineData(true, "Energy ")]
    [InlineData(false, "health")]
    [InlineData(false, "")]
    public async Task ListIncidents_BySector_AreThoseOfWhichAContributionNamesIt(bool isListed, string named)
    {
        var said = new DisclosedSighting(
            DisclosureLevel.Redacted, [Two], SightingKind.Contribution, 1, At, At, 0, Redacted(), [], "DE", null, null, null, null, null,
            new(ContributionKind.Affected, 0, "DE", named, ""));
        await using var gateway = await Incident(two => two with { Contributions = [said] });
        (await Incidents(gateway, new() { Sectors = { "energy" } })).Incidents.Count.ShouldBe(isListed ? 1 : 0);
    }

    [Theory]
    [InlineData("health", "two.example")]
    [InlineData("energy", "incident")]
    public async Task Watch_BySector_TellsIndicatorsAndIncidentsOfItOnly(string sector, string told)
    {
        await using var gateway = await Incident(two => two with { Sectors = [new("energy", Samples.Now)] });
        Show(gateway, ("health", Two));
        var clock = Samples.Now;
        gateway.Grid.OnNow = () => Interlocked.Add(ref clock, 25);
        gateway.Grid.OnChanges = (home, after) => after is { } place && home.IsHub
            ? new(place.Position > 0 ? [] : [new(1, Two)], new(1, 0, 1), 1, IsTooMuch: false, IsBehind: false)
            : new([], new(0, 0, 1), 0, IsTooMuch: false, IsBehind: false);
        using var watch = Watch(gateway, new() { Sectors = { sector } });
        (await Next(watch)).ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.None);
        var message = await Next(watch);
        message.ChangeCase.ShouldNotBe(V1.WatchResponse.ChangeOneofCase.None);
        (message.Incident is null ? message.Indicator.Observable.Value : "incident").ShouldBe(told);
        message.Cursor.ShouldNotBeEmpty("it is the only one");
    }

    // A gateway before a grid in which each was seen on an asset of a sector, and the two are listed.
    private static async Task<RunningGateway> Seen(params (string Sector, Observable Observable)[] seen)
    {
        var gateway = await RunningGateway.Start();
        List(gateway);
        Show(gateway, seen);
        return gateway;
    }

    private static void Show(RunningGateway gateway, params (string Sector, Observable Observable)[] seen) =>
        gateway.Grid.OnIndicatorOf = (home, observable) => new(
            home.IsHub ? IndicatorView.Empty : IndicatorView.Empty with
            {
                TalliesByJurisdiction = [new("BE", SightingKind.Positive, new(1, At, At, 50))],
                Sectors = [.. seen.Where(each => each.Observable == observable).Select(each => new Seen(each.Sector, At))],
            },
            [], 1);

    // One incident, whose core are the two; of the second there is more to see at home.
    private static async Task<RunningGateway> Incident(Func<Correlation, Correlation> ofTwo)
    {
        var gateway = await RunningGateway.Start();
        List(gateway);
        var nothing = new Correlation([], [], []);
        gateway.Grid.OnCorrelate = (home, node) => !home.IsHub ? new(node == Two ? ofTwo(nothing) : nothing, [], 1) : new(
            new(
                [.. new[] { "DE", "FR" }.Select(code => new JurisdictionActivity(code, Samples.Now, [At]))],
                [new(ObservableType.DomainName, [new(node == One ? Two.Text : One.Text, Samples.Now)])], []),
            [], 1);
        return gateway;
    }

    private static void List(RunningGateway gateway) => gateway.Grid.OnLastSeen = (home, _, after) => new(
        home.IsHub ? [.. ((LastSeenPlace[])[new(At, One), new(At, Two)]).Where(place => after is not { } at || place.CompareTo(at) > 0)] : [],
        null, 1);

    private static DisclosedMarking Redacted() =>
        DisclosedMarking.Redacted(new(Tlp.Green, Pap.Clear, Attribution.Jurisdiction, [], null, null));

    private static async Task<V1.ListIndicatorsResponse> Indicators(
        RunningGateway gateway, V1.ListFilter filter, uint size = 0, string token = "") =>
        await new V1.AnalysisService.AnalysisServiceClient(gateway.Channel).ListIndicatorsAsync(
            new() { Filter = filter, PageSize = size, PageToken = token }, gateway.As("nsoc.be"), cancellationToken: Cancellation);

    private static async Task<V1.ListIncidentsResponse> Incidents(RunningGateway gateway, V1.ListFilter filter) =>
        await new V1.AnalysisService.AnalysisServiceClient(gateway.Channel).ListIncidentsAsync(
            new() { Filter = filter }, gateway.As("nsoc.be"), cancellationToken: Cancellation);

    private static AsyncServerStreamingCall<V1.WatchResponse> Watch(RunningGateway gateway, V1.ListFilter filter) =>
        new V1.WatchService.WatchServiceClient(gateway.Channel).Watch(
            new() { Filter = filter, Incidents = true }, gateway.As("nsoc.be"), cancellationToken: Cancellation);

    private static async Task<V1.WatchResponse> Next(AsyncServerStreamingCall<V1.WatchResponse> watch) =>
        await watch.ResponseStream.MoveNext(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation)
            ? watch.ResponseStream.Current : throw new InvalidOperationException("The watch ended.");
}
