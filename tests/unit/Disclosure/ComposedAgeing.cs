using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Gateway.Watching;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.LastSeen;
using M = CrossBorderSoc.Tests.Model;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>What a watch of a <see cref="ComposedGrid"/> tells of incidents between two worlds, of which one is the other's past.</summary>
internal static class ComposedAgeing
{
    // Few, so that what left takes several pages.
    private const int PlacesPerPage = 2;

    /// <summary>What is told; or null when the caller's home moved.</summary>
    /// <param name="before">What was.</param>
    /// <param name="after">What is.</param>
    /// <param name="caller">Who watches.</param>
    public static Surroundings? Between(M.World before, M.World after, M.Caller caller)
    {
        if (ComposedChanges.Of(before, after, caller) is not var (changed, grid)) return null;
        var clearance = new Clearance(caller.ToProduct(), grid.History);
        var (then, now) = (before.Now.ToUnixTimeMilliseconds(), after.Now.ToUnixTimeMilliseconds());
        CorrelationRules[] since = [.. Ageing.Since(then).Select(RulesAt)];
        var all = changed.Aggregate(new Dictionary<Observable, Changed>(), (to, change) => Add(to, change));
        foreach (var aged in Aged().Values) Add(all, aged);
        var told = all.Values.Order().Select(change => Surroundings.Of(change, since, RulesAt(now), Look).GetAwaiter().GetResult()).ToList();
        return new([.. told.SelectMany(each => each.Incidents)], [.. told.SelectMany(each => each.Gone)], told.Exists(each => each.IsHub));

        IReadOnlyDictionary<Observable, Changed> Aged()
        {
            if (Ageing.Between(then, now) is not { } ageing) return WatchStep.Nothing;
            ComposedLists.Index(grid);
            var reader = new LastSeenReader(grid.Stores, grid.Compartments) { PageMax = PlacesPerPage };
            var asker = new Asker(grid.HomeOf(clearance), clearance, grid.History.Number, now);
            var nodes = new AgedNodes(
                (home, filter, from) => reader.Page(home, asker, filter, from, CancellationToken.None).AsTask(),
                async (filter, some) =>
                {
                    Observable[] listed = [.. some.Where(one => ageing.IsListed(filter, grid.NearActivity(one, clearance, now)))];
                    return [.. listed.Zip(await Look(listed)).Where(each => MayTell(each.First, each.Second)).Select(each => each.First)];
                });
            return nodes.Find(ageing, asker.Home, []).GetAwaiter().GetResult();
        }

        bool MayTell(Observable node, Correlation seen) => since.Any(rules => Ageing.MayTell(node, seen, rules, RulesAt(now)));

        Task<IReadOnlyList<Correlation>> Look(IReadOnlyList<Observable> nodes) => Task.FromResult<IReadOnlyList<Correlation>>(
            [.. nodes.Select(node => grid.Correlation(node, clearance, now))]);
    }

    private static CorrelationRules RulesAt(long at) => new(at, _ => false);

    private static Dictionary<Observable, Changed> Add(Dictionary<Observable, Changed> to, in Changed change)
    {
        WatchStep.Add(to, change);
        return to;
    }
}
