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
        var (ticks, classes) = (new WatchTicks(grid, grid, TimeProvider.System), new WatchClasses());
        var (tick, place) = (ticks.Present, new WatchPlace(0, 0, Samples.Now - 1, 1));
        await Should.ThrowAsync<CallerRefusedException>(() => ticks.Move(tick, Join("refused", "nsoc.de"), place));
        (await ticks.Move(tick, Join("good", "nsoc.be"), place)).IsTooMuch.ShouldBeFalse();

        WatchClass Join(string token, string organisation)
        {
            var policy = Samples.Policy.Newest!;
            var caller = new Caller(new(token), policy.Find(organisation)!, policy);
            return classes.Join(caller, WatchRequests.Read(new(), caller));
        }
    }
}
