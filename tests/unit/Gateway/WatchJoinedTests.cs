using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>What assets join at other homes is told where these disclose in Full, which the hub says.</summary>
public sealed class WatchJoinedTests
{
    private static readonly Observable Named = new(ObservableType.DomainName, "one.example");
    private static readonly Observable Supplier = new(ObservableType.Supplier, "acme");
    private static readonly ChangedElsewhere AtDe = new("DE", Epoch: 3, From: 4, To: 9);

    private readonly ConcurrentQueue<ChangePlace?> _askedAtDe = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Supplier_OfAForeignAsset_IsTold()
    {
        await using var gateway = await Saying(place => Page(place with { Position = 9 }, new Changed(30, Supplier)));
        using var watch = Watch(gateway, new());
        await Next(watch);
        Text(await Next(watch)).ShouldBe("one.example");
        var told = await Next(watch);
        Text(told).ShouldBe("acme");
        told.UnavailableJurisdictions.ShouldBeEmpty();
        var asked = _askedAtDe.Where(place => place is not null).ShouldHaveSingleItem();
        (asked!.Value.Position, asked.Value.Epoch).ShouldBe((4, 3));
    }

    [Theory]
    [InlineData("{\"filter\":{\"types\":[\"domain-name\"]}}")]
    [InlineData("{\"observables\":[{\"type\":\"domain-name\",\"value\":\"one.example\"}]}")]
    public async Task ForeignHome_IsNotAsked_WhereNobodyWatchesForWhatAssetsJoin(string request)
    {
        await using var gateway = await Saying(_ => throw new GridUnavailableException("out"));
        using var watch = Watch(gateway, V1.WatchRequest.Parser.ParseJson(request));
        await Next(watch);
        Text(await Next(watch)).ShouldBe("one.example");
        _askedAtDe.ShouldBeEmpty();
    }

    [Fact]
    public async Task ForeignHome_ThatIsOut_EndsTheWatch_SinceTheChangeWouldBeMissed()
    {
        await using var gateway = await Saying(_ => throw new GridUnavailableException("out"));
        using var watch = Watch(gateway, new());
        await Next(watch);
        (await Should.ThrowAsync<RpcException>(() => Next(watch))).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(6, 1)]
    [InlineData(9, 0)]
    public async Task ForeignHome_ThatCannotTellAllYet_HoldsTheMoveBack(long position, int policyVersion)
    {
        var isBehind = true;
        await using var gateway = await Saying(place => isBehind
            ? Page(position == 4 ? place : new(position, 0, policyVersion, 3), new Changed(30, Supplier))
            : Page(place with { Position = 9 }, new Changed(30, Supplier)));
        using var watch = Watch(gateway, new());
        await Next(watch);
        var told = Next(watch);
        await Eventually.Holds(() => _askedAtDe.Count >= 3, "it asks again");
        told.IsCompleted.ShouldBeFalse();
        isBehind = false;
        Text(await told).ShouldBe("one.example");
        Text(await Next(watch)).ShouldBe("acme");
    }

    // Every home is asked for it, and one may never have begun.
    [Fact]
    public async Task Supplier_WhileSomebodyIsOut_IsToldWithWhoIsMissing()
    {
        await using var gateway = await Saying(place => Page(place with { Position = 9 }, new Changed(30, Supplier)));
        gateway.Grid.OnUnreachable = () => ["FR"];
        var inner = gateway.Grid.OnIndicatorOf!;
        gateway.Grid.OnIndicatorOf = (home, observable) =>
            home.Code == "FR" ? throw new GridUnavailableException("out") : inner(home, observable);
        using var watch = Watch(gateway, new());
        await Next(watch);
        (await Next(watch)).UnavailableJurisdictions.ShouldBeEmpty();
        var told = await Next(watch);
        Text(told).ShouldBe("acme");
        told.UnavailableJurisdictions.ShouldBe(["FR"]);
    }

    private async Task<RunningGateway> Saying(Func<ChangePlace, ChangePage> atDe)
    {
        var gateway = await RunningGateway.Start();
        var clock = Samples.Now;
        gateway.Grid.OnNow = () => Interlocked.Add(ref clock, 25);
        gateway.Grid.OnChanges = (home, after) =>
        {
            if (home.Code == "DE")
            {
                _askedAtDe.Enqueue(after);
                return atDe(after!.Value);
            }
            return after is not { } place ? Page(new(0, 0, 1)) : !home.IsHub || place.Position > 0
                ? Page(place with { At = 0 }) : Page(new(1, 0, 1), new Changed(20, Named)) with { Elsewhere = [AtDe] };
        };
        gateway.Grid.OnIndicatorOf = (home, observable) => new(
            home.Code == (observable == Supplier ? "DE" : "hub")
                ? IndicatorView.Empty with { TalliesByJurisdiction = [new("DE", SightingKind.Positive, new(1, 1, 1, 50))] } : IndicatorView.Empty,
            [], 1);
        return gateway;
    }

    private static ChangePage Page(ChangePlace next, params Changed[] changes) =>
        new([.. changes], next, next.Position, IsTooMuch: false, IsBehind: false);

    private static AsyncServerStreamingCall<V1.WatchResponse> Watch(RunningGateway gateway, V1.WatchRequest request) =>
        new V1.WatchService.WatchServiceClient(gateway.Channel).Watch(request, gateway.As("nsoc.be"), cancellationToken: Cancellation);

    private static async Task<V1.WatchResponse> Next(AsyncServerStreamingCall<V1.WatchResponse> watch) =>
        await watch.ResponseStream.MoveNext(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation)
            ? watch.ResponseStream.Current : throw new InvalidOperationException("The watch ended.");

    private static string Text(V1.WatchResponse message) => message.Indicator?.Observable.Value ?? message.ChangeCase.ToString();
}
