using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Watching;
using CrossBorderSoc.Grains.Changes;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using M = CrossBorderSoc.Tests.Model;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>What a <see cref="ComposedGrid"/> tells a caller of changes between two worlds, of which one is the other's past.</summary>
internal static class ComposedChanges
{
    // Few, so that most steps are read in several pages.
    private const int RecordsPerPage = 2;

    /// <summary>The changes of the hub and of the caller's own home, in order; or null when the caller's home moved.</summary>
    public static IReadOnlyList<Changed>? Between(M.World before, M.World after, M.Caller caller)
    {
        var grid = new ComposedGrid(before, later: after);
        ComposedLists.Index(grid);
        using var changes = new ChangeReader(grid.Stores, grid.Compartments) { RecordsPerPage = RecordsPerPage };
        var (then, own) = (Asker(), Asker().Home);
        var places = new[] { Home.Hub, own }.ToDictionary(
            home => home, home => changes.Here(home, then, CancellationToken.None).AsTask().GetAwaiter().GetResult());
        grid.GoOn(after);
        ComposedLists.Index(grid);
        var now = Asker(after.Now);
        return now.Home != own ? null : [.. places.SelectMany(each => Read(changes, each.Key, now, each.Value)).Order()];

        Asker Asker(DateTimeOffset? at = null)
        {
            var clearance = new Clearance(caller.ToProduct(), grid.History);
            return new(grid.HomeOf(clearance), clearance, grid.History.Number, (at ?? before.Now).ToUnixTimeMilliseconds());
        }
    }

    private static IEnumerable<Changed> Read(ChangeReader changes, Home home, Asker now, ChangePlace place)
    {
        var step = WatchStep.Read(
            (after, through) => changes.Read(home, now, after, through, CancellationToken.None).AsTask(), place).GetAwaiter().GetResult();
        return step.Changed.Values;
    }
}
