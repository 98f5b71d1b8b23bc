using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
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

    /// <summary>
    /// The changes of the hub and of the caller's own home, in order; or null when the caller's home moved. Of a watch that has followed
    /// the ledgers to their ends, whatever the indexes are up to.
    /// </summary>
    /// <param name="before">What was.</param>
    /// <param name="after">What is.</param>
    /// <param name="caller">Who watches.</param>
    /// <param name="only">What; none for everything.</param>
    public static IReadOnlyList<Changed>? Between(
        M.World before, M.World after, M.Caller caller, ImmutableArray<Observable> only = default) => Of(before, after, caller, only)?.Told;

    /// <summary>The same, and the grid as it is then.</summary>
    public static (IReadOnlyList<Changed> Told, ComposedGrid Grid)? Of(
        M.World before, M.World after, M.Caller caller, ImmutableArray<Observable> only = default)
    {
        var grid = new ComposedGrid(before, later: after);
        if (before.Sightings.Count % 2 == 0) ComposedLists.Index(grid);
        using var changes = new ChangeReader(grid.Stores, grid.Compartments) { RecordsPerPage = RecordsPerPage };
        var (then, own) = (Asker(), Asker().Home);
        var places = new[] { Home.Hub, own }.ToDictionary(home => home, home => Here(changes, home, then));
        grid.GoOn(after);
        var now = Asker(after.Now);
        return now.Home != own ? null : ([.. places.SelectMany(each => Read(each.Key, each.Value)).Order()], grid);

        Asker Asker(DateTimeOffset? at = null)
        {
            var clearance = new Clearance(caller.ToProduct(), grid.History);
            return new(grid.HomeOf(clearance), clearance, grid.History.Number, (at ?? before.Now).ToUnixTimeMilliseconds());
        }

        IEnumerable<Changed> Read(Home home, ChangePlace place)
        {
            var step = Step(home, place);
            if (step.Next == place)
            {
                // What time or policy changed waits for the index.
                ComposedLists.Index(grid);
                step = Step(home, place);
            }
            return step.Changed.Values;
        }

        WatchStep Step(Home home, ChangePlace place) => WatchStep.Read(
            (at, end) => changes.Read(home, now, at, end, only, CancellationToken.None).AsTask(), place, end: null).GetAwaiter().GetResult();
    }

    private static ChangePlace Here(ChangeReader changes, Home home, Asker then)
    {
        var (place, end) = changes.Here(home, then, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return place with { Position = end };
    }
}
