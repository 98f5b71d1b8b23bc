using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Watching;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class WatchTicksTests
{
    [Fact]
    public async Task Move_OfOneWhoIsRefused_RefusesNobodyElseInItsTick()
    {
        var grid = new FakeGrid { OnRefuses = token => token.Text == "refused" };
        var (ticks, classes) = (new WatchTicks(grid, grid, grid, TimeProvider.System), new WatchClasses());
        var (tick, place) = (ticks.Present, new WatchPlace(0, 0, Samples.Now - 1, 1));
        await Should.ThrowAsync<CallerRefusedException>(() => ticks.Move(tick, Join(classes, "refused", "nsoc.de"), place, ofJoined: true));
        (await ticks.Move(tick, Join(classes, "good", "nsoc.be"), place, ofJoined: true)).IsTooMuch.ShouldBeFalse();
    }

    [Fact]
    public async Task Move_OfOneWhoIsRefused_RefusesNobodyElseWhoIsBehindLikeIt()
    {
        var isRefused = false;
        var grid = new FakeGrid { OnRefuses = token => isRefused && token.Text == "refused" };
        var (ticks, classes) = (new WatchTicks(grid, grid, grid, TimeProvider.System), new WatchClasses());
        var (refused, good) = (Join(classes, "refused", "nsoc.de"), Join(classes, "good", "nsoc.be"));
        var (tick, far, behind) = (ticks.Present, new WatchPlace(9, 9, Samples.Now - 1, 1), new WatchPlace(0, 0, Samples.Now - 2, 1));
        foreach (var watches in new[] { refused, good }) await ticks.Move(tick, watches, far, ofJoined: true);
        isRefused = true;
        await Should.ThrowAsync<CallerRefusedException>(() => ticks.Move(tick, refused, behind, ofJoined: true));
        (await ticks.Move(tick, good, behind, ofJoined: true)).IsTooMuch.ShouldBeFalse();
    }

    [Fact]
    public async Task Move_OfOneWhoWatchesSomethingElse_DoesNotTakeWhatOthersAskedFor()
    {
        var grid = new FakeGrid { OnChanges = (_, after) => new([], new(after!.Value.Position + 1, 0, 1), 0, false, false) };
        var (ticks, classes) = (new WatchTicks(grid, grid, grid, TimeProvider.System), new WatchClasses());
        var (tick, place) = (ticks.Present, new WatchPlace(0, 0, Samples.Now - 1, 1));
        var watches = Join(classes, "good", "nsoc.be");
        await ticks.Move(tick, watches, place, ofJoined: true);
        var asked = grid.Calls.Count;
        await ticks.Move(tick, watches, place, ofJoined: true);
        grid.Calls.Count.ShouldBe(asked);
        Join(classes, "good", "nsoc.be").ShouldBeSameAs(watches);
        await ticks.Move(tick, watches, place, ofJoined: true);
        grid.Calls.Count.ShouldBe(2 * asked);
    }

    private static WatchClass Join(WatchClasses classes, string token, string organisation)
    {
        var policy = Samples.Policy.Newest!;
        var caller = new Caller(new(token), policy.Find(organisation)!, policy);
        return classes.Join(caller, WatchRequests.Read(new(), caller));
    }
}
