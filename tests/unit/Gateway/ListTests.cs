using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Listing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>Lists at the gateway: what is asked for, what a page may hold, and that both homes are asked at one instant.</summary>
public sealed class ListTests
{
    private const long Hour = 3_600_000;
    private static readonly long At = Samples.Now - Samples.Now % Hour;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListIndicators_WhatTheHubAndTheOwnHomeName_IsOneListInPages()
    {
        await using var gateway = await Listing(
            hub: [Place(At, "a.example"), Place(At, "c.example"), Place(At - Hour, "d.example")],
            own: [Place(At, "b.example"), Place(At, "c.example")]);
        var first = await List(gateway, new() { PageSize = 3 });
        first.Indicators.Select(entry => entry.Observable.Value).ShouldBe(["a.example", "b.example", "c.example"]);
        first.Indicators[0].Jurisdictions.ShouldBe(["DE"]);
        var second = await List(gateway, new() { PageSize = 3, PageToken = first.NextPageToken });
        second.Indicators.Select(entry => entry.Observable.Value).ShouldBe(["d.example"]);
        second.NextPageToken.ShouldBeEmpty();
        gateway.Grid.Instants.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ListIndicators_HiddenCandidates_LeaveNoTraceInPagesAndTokens()
    {
        LastSeenPlace[] visible = [Place(At, "a.example"), Place(At, "c.example")];
        await using var without = await Listing(visible, own: []);
        await using var with = await Listing([.. visible, Place(At, "hidden.example"), Place(At - Hour, "hidden2.example")], own: []);
        foreach (var size in (uint[])[1, 2, 3])
        {
            var token = "";
            do
            {
                var request = new V1.ListIndicatorsRequest { PageSize = size, PageToken = token };
                var page = await List(without, request);
                (await List(with, request)).ShouldBe(page);
                token = page.NextPageToken;
            }
            while (token.Length > 0);
        }
    }

    [Theory]
    [InlineData("{\"filter\":{\"types\":[\"url\",\"shoe-size\"]}}", "filter.types[1]")]
    [InlineData("{\"filter\":{\"jurisdictions\":[\"XX\"]}}", "filter.jurisdictions[0]")]
    [InlineData("{\"filter\":{\"text\":\"a\\nb\"}}", "filter.text")]
    [InlineData("{\"pageSize\":201}", "page_size")]
    [InlineData("{\"minScore\":101}", "min_score")]
    [InlineData("{\"technique\":\"T10000000000000000\"}", "technique")]
    [InlineData("{\"pageToken\":\"!\"}", "page_token")]
    [InlineData("{\"pageToken\":\"AAAA\"}", "page_token")]
    public async Task ListIndicators_WhatCannotBeAskedFor_IsRefusedByField(string request, string field)
    {
        await using var gateway = await RunningGateway.Start();
        var refused = await Should.ThrowAsync<RpcException>(
            () => List(gateway, V1.ListIndicatorsRequest.Parser.ParseJson(request)));
        refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.ShouldHaveSingleItem().Field.ShouldBe(field);
        gateway.Grid.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Token_OfOtherFilters_IsRefused()
    {
        await using var gateway = await Listing([Place(At, "a.example"), Place(At, "b.example")], own: []);
        var token = (await List(gateway, new() { PageSize = 1 })).NextPageToken;
        var other = new V1.ListIndicatorsRequest { PageToken = token, MinScore = 1 };
        (await Should.ThrowAsync<RpcException>(() => List(gateway, other))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        (await List(gateway, new() { PageSize = 7, PageToken = token })).Indicators.ShouldHaveSingleItem();
    }

    [Fact]
    public void Page_CandidateThatLiesBeforeItsPlace_IsToldWhereItComesUpAgain()
    {
        var page = new ListPageBuilder<string>(new(new(ulong.MaxValue), long.MinValue, long.MaxValue, [], [], null, 10, null));
        foreach (var (candidate, place) in new[]
        {
            (Place(At, "b.example"), Place(At - Hour, "b.example")), (Place(At, "c.example"), Place(At, "c.example")),
            (Place(At - Hour, "b.example"), Place(At - Hour, "b.example")),
        })
            if (page.LooksAt(candidate, place)) page.Add(place, place.Observable.Text);
        page.Build().Entries.ShouldBe(["c.example", "b.example"]);
    }

    [Fact]
    public void Page_AfterManyVisibleValues_EndsWithATokenAndLosesNone()
    {
        var all = Enumerable.Range(0, 2 * ListPageBuilder<int>.LookedAtMax + 5).Select(i => Place(At, $"v{i:d6}.example")).ToArray();
        var (scope, found, pages) = (new ListScope(new(ulong.MaxValue), long.MinValue, long.MaxValue, [], [], null, 10, null), 0, 0);
        do
        {
            var page = new ListPageBuilder<int>(scope);
            foreach (var (place, i) in all.Select((place, i) => (place, i)))
                if (page.LooksAt(place, place) && i % 2_800 == 0) page.Add(place, i);
            var built = page.Build();
            found += built.Entries.Length;
            scope = scope with { After = built.Next };
            pages++;
        }
        while (scope.After is not null);
        (found, pages).ShouldBe((3, 3));
    }

    [Fact]
    public async Task ListIncidents_EachOnce_WhereItsNewestCoreValueStands()
    {
        await using var gateway = await RunningGateway.Start();
        var (one, two) = (Place(At, "one.example"), Place(At - Hour, "two.example"));
        gateway.Grid.OnLastSeen = (home, filter, after) =>
        {
            filter.OfIncidents.ShouldBeTrue();
            return new(home.IsHub ? [.. new[] { one, two }.Where(place => after is not { } behind || place.CompareTo(behind) > 0)] : [], null, 1);
        };
        gateway.Grid.OnCorrelate = (home, node) => !home.IsHub ? new(new([], [], []), [], 1) : new(
            new(
                [.. new[] { "DE", "FR" }.Select(code => new JurisdictionActivity(
                    code, node == one.Observable ? At + 5 : At - Hour + 5, [At - Hour]))],
                [new(ObservableType.DomainName, [new(node == one.Observable ? "two.example" : "one.example", At)])], []),
            [], 1);
        var client = new V1.AnalysisService.AnalysisServiceClient(gateway.Channel);
        var answer = await client.ListIncidentsAsync(new(), gateway.As("nsoc.be"), cancellationToken: Cancellation);
        var incident = answer.Incidents.ShouldHaveSingleItem();
        (incident.CoreCount, incident.Newest.Value, incident.Id.Length > 4).ShouldBe((2u, "one.example", true));
        incident.MemberStates.ShouldBe(["DE", "FR"]);
        answer.NextPageToken.ShouldBeEmpty();
        gateway.Grid.OnCorrelate = (_, _) => new(new([new("DE", At, [At])], [], []), [], 1);
        (await client.ListIncidentsAsync(new(), gateway.As("nsoc.be"), cancellationToken: Cancellation)).Incidents.ShouldBeEmpty();
    }

    // A gateway before homes that name these, of which those that are called hidden show nothing.
    private static async Task<RunningGateway> Listing(LastSeenPlace[] hub, LastSeenPlace[] own)
    {
        var gateway = await RunningGateway.Start();
        gateway.Grid.OnLastSeen = (home, _, after) => new(
            [.. (home.IsHub ? hub : own).Order().Where(place => after is not { } behind || place.CompareTo(behind) > 0)], null, 1);
        gateway.Grid.OnIndicatorOf = (home, observable) =>
        {
            var place = hub.Concat(own).First(each => each.Observable == observable);
            var isShown = home.IsHub && !observable.Text.StartsWith("hidden", StringComparison.Ordinal);
            return new(isShown ? Seen(place.Hour) : IndicatorView.Empty, [], 1);
        };
        return gateway;
    }

    private static IndicatorView Seen(long at) => IndicatorView.Empty with
    {
        TalliesByJurisdiction = [new("DE", SightingKind.Positive, new(1, at, at, 50))],
        TalliesBySource = [new("DE", false, SightingKind.Positive, new(1, at, at, 50), "DE")],
    };

    private static LastSeenPlace Place(long hour, string domain) => new(hour, new(ObservableType.DomainName, domain));

    private static async Task<V1.ListIndicatorsResponse> List(RunningGateway gateway, V1.ListIndicatorsRequest request) =>
        await new V1.AnalysisService.AnalysisServiceClient(gateway.Channel).ListIndicatorsAsync(
            request, gateway.As("nsoc.be"), cancellationToken: Cancellation);
}
