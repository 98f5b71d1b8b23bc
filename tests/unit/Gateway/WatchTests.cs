using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Warninglists;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>A watch tells each change once it is there, in order, with a cursor from which nothing is missed.</summary>
public sealed class WatchTests
{
    private static readonly Observable One = new(ObservableType.DomainName, "one.example");
    private static readonly Observable Two = new(ObservableType.DomainName, "two.example");
    private static readonly Observable Gone = new(ObservableType.DomainName, "gone.example");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_ChangesOfHubAndOwnHome_AreToldInOrder_AndTheLastMovesTheCursor()
    {
        await using var gateway = await Watched(
            (Home.Hub, 1, new(20, Two)), (Home.Hub, 1, new(30, One)), (new("BE"), 1, new(10, Gone)), (new("BE"), 1, new(25, One)));
        using var watch = gateway.Watch(new());
        var start = await watch.Next();
        start.ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.None);
        var told = new[] { await watch.Next(), await watch.Next(), await watch.Next() };
        told.Select(Text).ShouldBe(["gone gone.example", "two.example", "one.example"]);
        told[..^1].ShouldAllBe(message => message.Cursor == start.Cursor, "a break here tells all of them again");
        told[^1].Cursor.ShouldNotBe(start.Cursor);
        told[^1].Cursor.Length.ShouldBe(start.Cursor.Length);
    }

    [Fact]
    public async Task Watch_FromACursor_TellsWhatCameAfterAndNothingBefore()
    {
        await using var gateway = await Watched((Home.Hub, 1, new(10, One)), (Home.Hub, 2, new(20, Two)));
        string cursor;
        using (var first = gateway.Watch(new()))
        {
            await first.Next();
            var told = await first.Next();
            Text(told).ShouldBe("one.example");
            cursor = told.Cursor;
        }
        using var second = gateway.Watch(new() { Cursor = cursor });
        (await second.Next()).Cursor.ShouldBe(cursor);
        Text(await second.Next()).ShouldBe("two.example");
    }

    [Fact]
    public async Task Watch_OfOtherFilters_RefusesTheCursor()
    {
        await using var gateway = await Watched();
        string cursor;
        using (var first = gateway.Watch(new())) cursor = (await first.Next()).Cursor;
        foreach (var request in new V1.WatchRequest[]
        {
            new() { Cursor = cursor, MinScore = 1 }, new() { Cursor = cursor[1..] }, new() { Cursor = "!" },
        })
        {
            using var other = gateway.Watch(request);
            (await Should.ThrowAsync<RpcException>(() => other.Next())).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        }
    }

    [Theory]
    [InlineData("{\"observables\":[{\"type\":\"domain-name\",\"value\":\"two[.]example\"}]}")]
    [InlineData("{\"filter\":{\"text\":\"TWO\"}}")]
    [InlineData("{\"filter\":{\"text\":\"two\",\"jurisdictions\":[\"DE\"],\"types\":[\"domain-name\"]}}")]
    public async Task Watch_WithFilters_TellsNothingElse(string request)
    {
        await using var gateway = await Watched((Home.Hub, 1, new(10, One)), (Home.Hub, 2, new(20, Gone)), (Home.Hub, 3, new(30, Two)));
        using var watch = gateway.Watch(V1.WatchRequest.Parser.ParseJson(request));
        var start = await watch.Next();
        var told = await watch.Next();
        Text(told).ShouldBe("two.example", "what is not asked for is not told, and moves no cursor");
        told.Cursor.ShouldNotBe(start.Cursor);
    }

    [Fact]
    public async Task Watch_TooMuchAtOnce_SaysToListAgainOnceItIsListed_AndGoesOn()
    {
        await using var gateway = await Watched((Home.Hub, 5, new(20, Two)));
        var (inner, listed) = (gateway.Grid.OnChanges, 0);
        gateway.Grid.OnChanges = (home, after) =>
        {
            if (!home.IsHub || after is { Position: > 0 }) return inner(home, after);
            // The lists come to where the ledger is by and by.
            return after is null
                ? new([], new(Math.Min(listed++, 30) / 10, 0, 1), 3, IsTooMuch: false, IsBehind: false)
                : new([], new(3, 0, 1), 3, IsTooMuch: true, IsBehind: false);
        };
        using var watch = gateway.Watch(new());
        await watch.Next();
        (await watch.Next()).ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.ListAgain);
        listed.ShouldBeGreaterThan(30, "who lists before misses what is not listed yet");
        Text(await watch.Next()).ShouldBe("two.example");
    }

    [Fact]
    public async Task Watch_OtherWarninglists_SaysToListAgain_AlsoToWhoCameBack()
    {
        await using var gateway = await Watched((Home.Hub, 5, new(20, Two)));
        string before;
        using (var watch = gateway.Watch(new()))
        {
            await watch.Next();
            before = (await watch.Next()).Cursor;
            var inner = gateway.Grid.OnChanges;
            gateway.Grid.OnChanges = (home, after) => inner(home, after ?? (home.IsHub ? new(5, 0, 1) : new(0, 0, 1)));
            gateway.Warninglists.Replace(Listing("one.example"));
            (await watch.Next()).ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.ListAgain);
            gateway.Warninglists.Replace(Listing("two.example"));
            var again = await watch.Next();
            again.ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.ListAgain, "what is on them now is on others than before");
            using var same = gateway.Watch(new() { Cursor = again.Cursor });
            (await same.Next()).ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.None);
        }
        using var second = gateway.Watch(new() { Cursor = before });
        (await second.Next()).ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.ListAgain);

        static WarninglistSet Listing(string value) =>
            new([new("file", "common", WarninglistKind.String, ObservableTypeSet.Of(ObservableType.DomainName), [value])]);
    }

    [Fact]
    public async Task Watch_HomeThatCannotTellYet_HoldsBackTheOther()
    {
        await using var gateway = await Watched((Home.Hub, 1, new(10, One)));
        var (inner, isStuck) = (gateway.Grid.OnChanges, true);
        gateway.Grid.OnChanges = (home, after) => after is { } place && !home.IsHub && isStuck
            ? new([], place, place.Position, IsTooMuch: false, IsBehind: false) : inner(home, after);
        using var watch = gateway.Watch(new());
        await watch.Next();
        var told = watch.Next();
        gateway.Grid.Calls.Clear();
        await Eventually.Holds(() => gateway.Grid.Calls.Count(call => call == "hub changes") >= 10, "it asks again");
        told.IsCompleted.ShouldBeFalse("else it would tell the same again and again");
        isStuck = false;
        Text(await told).ShouldBe("one.example");
    }

    [Fact]
    public async Task Watch_HomeThatFails_EndsUnavailable()
    {
        await using var gateway = await Watched();
        using var watch = gateway.Watch(new());
        await watch.Next();
        gateway.Grid.OnChanges = (_, _) => throw new GridUnavailableException("canary");
        var error = await Should.ThrowAsync<RpcException>(() => watch.Next());
        error.StatusCode.ShouldBe(StatusCode.Unavailable);
        error.ToString().ShouldNotContain("canary");
    }

    [Fact]
    public async Task Watches_BeyondTheLimit_AreRefused_AndEndedOnesDoNotCount()
    {
        await using var gateway = await RunningGateway.Start(("Gateway:Watches", "2"));
        Say(gateway, []);
        using var first = gateway.Watch(new());
        await first.Next();
        using (var second = gateway.Watch(new()))
        {
            await second.Next();
            using var third = gateway.Watch(new());
            (await Should.ThrowAsync<RpcException>(() => third.Next())).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        }
        await Eventually.Holds(
            async () =>
            {
                using var again = gateway.Watch(new());
                try
                {
                    return await again.ResponseStream.MoveNext(Cancellation);
                }
                catch (RpcException refused) when (refused.StatusCode == StatusCode.ResourceExhausted)
                {
                    return false;
                }
            },
            "an ended watch leaves its place");
    }

    [Fact]
    public async Task Watches_OfOneCallerAtOnePlace_AskOnce()
    {
        await using var gateway = await Watched();
        var held = new ConcurrentBag<AsyncServerStreamingCall<V1.WatchResponse>>();
        for (var i = 0; i < 50; i++)
        {
            var watch = gateway.Watch(new());
            await watch.Next();
            held.Add(watch);
        }
        gateway.Grid.Calls.Clear();
        await Eventually.Holds(() => gateway.Grid.Calls.Count(call => call == "hub changes") >= 10, "the watches go on");
        var ticks = gateway.Grid.Instants.Distinct().Count();
        gateway.Grid.Calls.Count(call => call == "hub changes").ShouldBeLessThan(4 * ticks + 10);
        foreach (var watch in held) watch.Dispose();
    }

    // A gateway before homes in which these changes stand at positions; all that is not called gone is seen.
    private static async Task<RunningGateway> Watched(params (Home Home, long Position, Changed Changed)[] changes)
    {
        var gateway = await RunningGateway.Start();
        Say(gateway, changes);
        return gateway;
    }

    private static void Say(RunningGateway gateway, (Home Home, long Position, Changed Changed)[] changes)
    {
        var clock = Samples.Now;
        gateway.Grid.OnNow = () => Interlocked.Add(ref clock, 25);
        gateway.Grid.OnChanges = (home, after) =>
        {
            if (after is not { } place) return new([], new(0, 0, 1), 0, IsTooMuch: false, IsBehind: false);
            var next = changes.Where(each => each.Home == home && each.Position > place.Position).Select(each => each.Position)
                .DefaultIfEmpty(place.Position).Min();
            return new(
                [.. changes.Where(each => each.Home == home && each.Position == next && next > place.Position).Select(each => each.Changed).Order()],
                new(next, 0, 1), next, IsTooMuch: false, IsBehind: false);
        };
        gateway.Grid.OnIndicatorOf = (home, observable) => new(
            home.IsHub && observable != Gone
                ? IndicatorView.Empty with { TalliesByJurisdiction = [new("DE", SightingKind.Positive, new(1, 1, 1, 50))] }
                : IndicatorView.Empty,
            [], 1);
    }

    private static string Text(V1.WatchResponse message) =>
        message.Gone is { } gone ? "gone " + gone.Value : message.Indicator?.Observable.Value ?? message.ChangeCase.ToString();
}
