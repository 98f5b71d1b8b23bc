using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>What leaves the window of incidents is asked for once in an hour, for those who watch incidents.</summary>
public sealed class WatchAgeingTests
{
    private const long HourMilliseconds = 3_600_000;
    private const int Watches = 5;
    private const int KindsOfLists = 4;

    // Three minutes before a full hour.
    private static readonly long Start = LastSeenPlace.HourOf(Samples.Now) - 180_000;
    private static readonly Observable Left = new(ObservableType.DomainName, "left.example");
    private static readonly Observable Stays = new(ObservableType.DomainName, "stays.example");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FullHour_AsksOnceForAllWatchesOfIncidents_AndNeverForOthers()
    {
        await using var gateway = await RunningGateway.Start();
        var caller = gateway.As("nsoc.be");
        var clock = Start;
        gateway.Grid.OnNow = () => Interlocked.Read(ref clock);
        var full = Start + 180_000;
        gateway.Grid.OnChanges = (_, _) => new([], new(0, 0, 1), End: 0, IsTooMuch: false, IsBehind: false);
        gateway.Grid.OnLastSeen = (home, filter, after) => new(
            home.IsHub && !filter.Together && !filter.InFull && after == LastSeenPlace.BeforeHour(filter.Since)
                ? [new(filter.Since, Left), new(filter.Since, Stays)] : [], null, 1);
        gateway.Grid.OnCorrelate = (home, node) => new(new(home.IsHub ? SeenOf(node) : [], [], []), [], 1);
        using (var plain = gateway.Watch(new(), caller))
        {
            await plain.Next();
            gateway.Grid.Calls.Clear();
            Interlocked.Exchange(ref clock, full + 50);
            await Eventually.Holds(() => StepsOf(gateway) > 0, "it goes on over the full hour");
            Interlocked.Exchange(ref clock, full + 100);
            await Eventually.Holds(() => StepsOf(gateway) > 1, "and is done with it");
        }
        gateway.Grid.Calls.ShouldNotContain("hub last seen");

        full += HourMilliseconds;
        var held = new List<AsyncServerStreamingCall<V1.WatchResponse>>();
        for (var i = 0; i < Watches; i++) held.Add(gateway.Watch(new() { Incidents = true }, caller));
        foreach (var watch in held) await watch.Next();
        gateway.Grid.Calls.Clear();
        Interlocked.Exchange(ref clock, full + 50);
        foreach (var watch in held)
        {
            var gone = await watch.NextChange();
            gone.ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.IncidentGone, gone.ToString());
            gone.IncidentGone.Id.ShouldBe("INC-left.example");
            gone.IncidentGone.Observable.Value.ShouldBe("left.example");
            gone.At.ToDateTimeOffset().ToUnixTimeMilliseconds().ShouldBe(full);
            var stays = await watch.NextChange();
            stays.Incident.Id.ShouldBe("INC-stays.example");
            stays.Incident.MemberStates.ShouldBe(["FR", "IT"]);
            watch.Dispose();
        }
        gateway.Grid.Calls.Count(call => call == "hub last seen").ShouldBe(KindsOfLists);
        gateway.Grid.Calls.Count(call => call == "BE last seen").ShouldBe(KindsOfLists);
        gateway.Grid.Calls.Count(call => call == "hub name").ShouldBe(2);

        ImmutableArray<JurisdictionActivity> SeenOf(Observable node) => node == Left
            ? [Seen("DE", full), Seen("FR", full + HourMilliseconds)]
            : [Seen("DE", full), Seen("FR", full + HourMilliseconds), Seen("IT", full + HourMilliseconds)];
    }

    [Fact]
    public async Task FullHour_WaitsForTheIndex_AsAWhole()
    {
        await using var gateway = await RunningGateway.Start();
        var caller = gateway.As("nsoc.be");
        var (clock, listed, full) = (Start, 3L, Start + 180_000);
        gateway.Grid.OnNow = () => Interlocked.Read(ref clock);
        gateway.Grid.OnChanges = (_, after) => new(
            [], new(after is null ? Interlocked.Read(ref listed) : 3, 0, 1), End: 3, IsTooMuch: false, IsBehind: false);
        gateway.Grid.OnLastSeen = (home, filter, after) => new(
            home.IsHub && after == LastSeenPlace.BeforeHour(filter.Since) ? [new(filter.Since, Left)] : [], null, 1);
        gateway.Grid.OnCorrelate = (home, _) => new(new(home.IsHub ? [Seen("DE", full), Seen("FR", full)] : [], [], []), [], 1);
        using var watch = gateway.Watch(new() { Incidents = true }, caller);
        await watch.Next();
        Interlocked.Exchange(ref listed, 2);
        var told = watch.NextChange();
        gateway.Grid.Calls.Clear();
        for (var step = 1; step <= 3; step++)
        {
            Interlocked.Exchange(ref clock, full + 50 * step);
            // The first step what changed, which is kept, and each how far the index is.
            await Eventually.Holds(() => gateway.Grid.Calls.Count(call => call == "hub changes") > step, "it asks again");
        }
        gateway.Grid.Calls.ShouldNotContain("hub last seen");
        told.IsCompleted.ShouldBeFalse("what is not listed yet would be forgotten");
        Interlocked.Exchange(ref listed, 3);
        Interlocked.Exchange(ref clock, full + 200);
        (await told).IncidentGone.Id.ShouldBe("INC-left.example");
    }

    // What the index still lists of an hour at which something is not the newest any more follows from how much else there is.
    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    public async Task FullHour_AHomeIsOut_FailsByWhatTheViewSaysLeft_NotByWhatIsListed(bool isListed, bool hasLeft, bool fails)
    {
        await using var gateway = await RunningGateway.Start();
        var (clock, full) = (Start, Start + 180_000);
        gateway.Grid.OnNow = () => Interlocked.Read(ref clock);
        gateway.Grid.OnUnreachable = () => ["DE"];
        gateway.Grid.OnChanges = (_, _) => new([], new(0, 0, 1), End: 0, IsTooMuch: false, IsBehind: false);
        gateway.Grid.OnLastSeen = (home, filter, after) => new(
            home.IsHub && !filter.Together && !filter.InFull && after == LastSeenPlace.BeforeHour(filter.Since)
                ? [new(filter.Since, Left), .. isListed ? [new(filter.Since, Stays)] : (LastSeenPlace[])[]] : [], null, 1);
        gateway.Grid.OnCorrelate = (home, node) => home.Code switch
        {
            "DE" => throw new GridUnavailableException("out"),
            "hub" when node == Stays => new(new([Seen("FR", full + HourMilliseconds)], [], []), ["DE"], 1)
            {
                SeenInFull = [Seen("DE", hasLeft ? full : full + HourMilliseconds)],
            },
            "hub" => new(new([Seen("IT", full), Seen("FR", full)], [], []), [], 1),
            _ => new(new([], [], []), [], 1),
        };
        using var watch = gateway.Watch(new() { Incidents = true });
        await watch.Next();
        Interlocked.Exchange(ref clock, full + 50);
        if (fails) (await Should.ThrowAsync<RpcException>(() => watch.NextChange())).StatusCode.ShouldBe(StatusCode.Unavailable);
        else (await watch.NextChange()).IncidentGone.Observable.Value.ShouldBe("left.example");
    }

    private static int StepsOf(RunningGateway gateway) => gateway.Grid.Calls.Count(call => call == "hub changes");

    // So that it leaves the window just after an instant.
    private static JurisdictionActivity Seen(string code, long leaves) => new(code, leaves - Bounds.CorrelationWindowMilliseconds, []);
}
