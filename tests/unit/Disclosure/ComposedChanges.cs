using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Watching;
using CrossBorderSoc.Grains.Changes;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using Shouldly;
using M = CrossBorderSoc.Tests.Model;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>What a <see cref="ComposedGrid"/> tells a caller of changes between two worlds, of which one is the other's past.</summary>
internal static class ComposedChanges
{
    // Few, so that most steps are read in several pages.
    private const int RecordsPerPage = 2;

    /// <summary>
    /// The changes of the hub, of the caller's own home and of those that the hub names, in order; or null when the caller's home moved. Of a
    /// watch that has followed the ledgers to their ends, whatever the indexes are up to.
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
        grid.GoOn(after, releasesAtOnce: after.Sightings.Count % 2 == 0);
        var now = Asker(after.Now);
        if (now.Home != own) return null;
        var (hub, place) = (Read(Home.Hub, places[Home.Hub]), new WatchPlace(0, 0, then.At, then.PolicyVersion));
        var move = WatchMove.Of(place, hub, Read(own, places[own])).WithJoined(
            place, hub.Elsewhere, (one, from) => Task.FromResult<WatchStep?>(Read(new(one.Jurisdiction), from, one.To))).GetAwaiter().GetResult();
        move.IsTooMuch.ShouldBeFalse();
        return ([.. move.Changed.Values.Order()], grid);

        Asker Asker(DateTimeOffset? at = null)
        {
            var clearance = new Clearance(caller.ToProduct(), grid.History);
            return new(grid.HomeOf(clearance), clearance, grid.History.Number, (at ?? before.Now).ToUnixTimeMilliseconds());
        }

        WatchStep Read(Home home, ChangePlace place, long? end = null)
        {
            var step = Step(home, place, end);
            if (step.Next != place) return step;
            // What time or policy changed waits for the index.
            ComposedLists.Index(grid);
            return Step(home, place, end);
        }

        WatchStep Step(Home home, ChangePlace place, long? end) => WatchStep.Read(
            (at, through) => changes.Read(home, now, at, through, only, CancellationToken.None).AsTask(), place, end).GetAwaiter().GetResult();
    }

    private static ChangePlace Here(ChangeReader changes, Home home, Asker then)
    {
        var (place, end) = changes.Here(home, then, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return place with { Position = end };
    }
}
