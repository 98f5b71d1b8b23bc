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
    private static readonly ChangedElsewhere AtDe = new("DE", Epoch: 3, From: 4, To: 9, Gains: true, Loses: false);

    private ChangedElsewhere _elsewhere = AtDe;
    private long _head = 1;
    private readonly ConcurrentQueue<ChangePlace> _askedAtDe = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Supplier_OfAForeignAsset_IsTold()
    {
        await using var gateway = await Saying(place => Page(place with { Position = 9 }, new Changed(30, Supplier)));
        using var watch = gateway.Watch(new());
        await watch.Next();
        Text(await watch.NextChange()).ShouldBe("one.example");
        var told = await watch.NextChange();
        Text(told).ShouldBe("acme");
        told.UnavailableJurisdictions.ShouldBeEmpty();
        var asked = _askedAtDe.ShouldHaveSingleItem();
        (asked.Position, asked.Epoch).ShouldBe((4, 3));
    }

    [Theory]
    [InlineData("{\"filter\":{\"types\":[\"domain-name\"]}}")]
    [InlineData("{\"observables\":[{\"type\":\"domain-name\",\"value\":\"one.example\"}]}")]
    public async Task ForeignHome_IsNotAsked_WhereNobodyWatchesForWhatAssetsJoin(string request)
    {
        await using var gateway = await Saying(_ => throw new GridUnavailableException("out"));
        using var watch = gateway.Watch(V1.WatchRequest.Parser.ParseJson(request));
        await watch.Next();
        Text(await watch.NextChange()).ShouldBe("one.example");
        _askedAtDe.ShouldBeEmpty();
    }

    // What the caller sees of other values there waits, too. What is lost is gone from lists in any case.
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task ForeignHome_ThatIsOut_EndsTheWatch_UnlessNothingIsToBeSeenThere(bool gains, bool ends)
    {
        await using var gateway = await Saying(_ => throw new GridUnavailableException("out"));
        _elsewhere = AtDe with { Gains = gains, Loses = !gains };
        gateway.Grid.OnUnreachable = () => ["DE"];
        using var watch = gateway.Watch(new());
        await watch.Next();
        if (ends) (await Should.ThrowAsync<RpcException>(() => watch.NextChange())).StatusCode.ShouldBe(StatusCode.Unavailable);
        else (await watch.NextChange()).ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.ListAgain);
    }

    [Fact]
    public async Task Home_OfWhichNobodyTakesPartAnyMore_IsNotAsked()
    {
        await using var gateway = await Saying(_ => throw new InvalidOperationException("asked"));
        _elsewhere = AtDe with { Jurisdiction = "MT", Gains = false, Loses = true };
        using var watch = gateway.Watch(new());
        await watch.Next();
        (await watch.NextChange()).ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.ListAgain);
    }

    [Fact]
    public async Task Watch_BeginsWhenOtherHomesListWhatTheirLedgersHold()
    {
        await using var gateway = await Saying(place => Page(place with { Position = 9 }));
        var (inner, listed) = (gateway.Grid.OnChanges, 0L);
        gateway.Grid.OnChanges = (home, after) => home.Code == "FR" && after is null
            ? Page(new(Interlocked.Read(ref listed), 0, 1)) with { End = 5 } : inner(home, after);
        using var watch = gateway.Watch(new());
        var begun = watch.Next();
        await Eventually.Holds(() => gateway.Grid.Calls.Count(call => call == "FR changes") > 2, "it asks again");
        begun.IsCompleted.ShouldBeFalse("what is not listed yet would be missed");
        Interlocked.Exchange(ref listed, 5);
        await begun;
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
        using var watch = gateway.Watch(new());
        await watch.Next();
        var told = watch.NextChange();
        await Eventually.Holds(() => _askedAtDe.Count >= 3, "it asks again");
        told.IsCompleted.ShouldBeFalse();
        isBehind = false;
        Text(await told).ShouldBe("one.example");
        Text(await watch.NextChange()).ShouldBe("acme");
    }

    // Every home is asked for it, and one may never have begun.
    [Fact]
    public async Task Supplier_WhileSomebodyIsOut_IsToldWithWhoIsMissing()
    {
        await using var gateway = await Saying(place => Page(place with { Position = place.Position + 5 }, new Changed(30, Supplier)));
        gateway.Grid.OnUnreachable = () => ["FR"];
        var inner = gateway.Grid.OnIndicatorOf!;
        gateway.Grid.OnIndicatorOf = (home, observable) =>
            home.Code == "FR" ? throw new GridUnavailableException("out") : inner(home, observable);
        using var watch = gateway.Watch(new());
        await watch.Next();
        (await watch.NextChange()).UnavailableJurisdictions.ShouldBeEmpty();
        var told = await watch.NextChange();
        Text(told).ShouldBe("acme");
        told.UnavailableJurisdictions.ShouldBe(["FR"]);
        gateway.Grid.OnIndicatorOf = (home, _) => home.Code == "FR" ? throw new GridUnavailableException("out") : new(IndicatorView.Empty, [], 1);
        _elsewhere = AtDe with { From = 9, To = 10 };
        Interlocked.Increment(ref _head);
        (await watch.NextChange()).ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.ListAgain, "nobody can say that it is gone");
    }

    private async Task<RunningGateway> Saying(Func<ChangePlace, ChangePage> atDe)
    {
        var gateway = await RunningGateway.Start();
        var (clock, begins) = (Samples.Now, 0L);
        gateway.Grid.OnNow = () => Interlocked.Add(ref clock, 25);
        gateway.Grid.OnChanges = (home, after) =>
        {
            if (home.Code == "DE" && after is { } asked)
            {
                _askedAtDe.Enqueue(asked);
                return atDe(asked);
            }
            var head = Interlocked.Read(ref _head);
            // The watch begins before what is told; after that, lists are as far as the ledger.
            if (after is not { } place) return Page(new(home.IsHub ? Interlocked.Exchange(ref begins, head) : 0, 0, 1));
            return !home.IsHub || place.Position >= head
                ? Page(place with { At = 0 }) : Page(new(head, 0, 1), new Changed(20, Named)) with { Elsewhere = [_elsewhere] };
        };
        gateway.Grid.OnIndicatorOf = (home, observable) => new(
            home.Code == (observable == Supplier ? "DE" : "hub")
                ? IndicatorView.Empty with { TalliesByJurisdiction = [new("DE", SightingKind.Positive, new(1, 1, 1, 50))] } : IndicatorView.Empty,
            [], 1);
        return gateway;
    }

    private static ChangePage Page(ChangePlace next, params Changed[] changes) =>
        new([.. changes], next, next.Position, IsTooMuch: false, IsBehind: false);

    private static string Text(V1.WatchResponse message) => message.Indicator?.Observable.Value ?? message.ChangeCase.ToString();
}
