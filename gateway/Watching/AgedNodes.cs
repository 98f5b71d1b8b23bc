using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Gateway.Listing;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// Finds the nodes of which incidents changed by time alone: of what the homes list of the hours that left the window, those of which what
/// is seen says so.
/// </summary>
/// <param name="list">A page of what a home lists behind a place.</param>
/// <param name="aged">Those of some nodes, at most <see cref="NodesAtOnce"/>, of which incidents may look another; that are
/// <see cref="Ageing.IsListed"/> for the filter by which they were found.</param>
internal sealed class AgedNodes(
    Func<Home, LastSeenFilter, LastSeenPlace?, Task<LastSeenPage>> list,
    Func<LastSeenFilter, IReadOnlyList<Observable>, Task<ImmutableArray<Observable>>> aged)
{
    /// <summary>Most nodes that are asked for at once.</summary>
    public const int NodesAtOnce = 256;

    /// <summary>The nodes with when they changed; of more than may be told one by one, some more than that.</summary>
    /// <param name="ageing">What left.</param>
    /// <param name="own">The caller's own home.</param>
    /// <param name="only">Of which nodes; none for all.</param>
    public async Task<IReadOnlyDictionary<Observable, Changed>> Find(Ageing ageing, Home own, ImmutableArray<Observable> only)
    {
        var (found, wanted) = (new Dictionary<Observable, Changed>(), only.ToHashSet());
        foreach (var filter in FiltersOf(ageing))
        {
            var start = LastSeenPlace.BeforeHour(filter.InFull ? filter.Since : ageing.Hours.Last);
            await foreach (var chunk in new Candidates(own, [], (home, after) => list(home, filter, after)).InChunks(start, NodesAtOnce))
            {
                await Add(ageing, filter, [.. chunk.Where(left => wanted.Count == 0 || wanted.Contains(left.Observable))], found);
                if (found.Count > WatchStep.ChangedMax) return found;
            }
        }
        return found;
    }

    private async Task Add(
        Ageing ageing, LastSeenFilter filter, IReadOnlyList<LastSeenPlace> left, Dictionary<Observable, Changed> found)
    {
        if (left.Count == 0) return;
        // At which of several hours depends on where else the index has it, which is not the caller's to know: by the last of them it had.
        foreach (var node in await aged(filter, [.. left.Select(place => place.Observable).Distinct()]))
            WatchStep.Add(found, new(ageing.Last, node, InIncidentsOnly: true, Lost.OfWindow));
    }

    // What was seen in an hour, and what was named together in one; in Full also those of the hour before.
    private static IEnumerable<LastSeenFilter> FiltersOf(Ageing ageing) =>
        from together in (bool[])[false, true]
        from inFull in (bool[])[false, true]
        select new LastSeenFilter(
            new(ulong.MaxValue), inFull ? ageing.HourInFull : ageing.Hours.First, OfIncidents: true, Text: null, together, inFull);
}
