using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Incidents;

/// <summary>
/// Decision 6, bounds: what is told of an incident that is larger than a walk may be. From the node that was asked for, the nearest
/// nodes first and equally near ones in order: of 4,096 that are looked at the first 256 core nodes, 1,000 of their fringe, and 100 contributions.
/// </summary>
public static class Walk
{
    public const int NodesMax = 4_096;
    public const int CoreMax = 256;
    public const int FringeMax = 1_000;
    public const int ContributionsMax = 100;

    /// <summary>What is told, and whether that is not all; null when the node is not core.</summary>
    public static (Incident Incident, bool IsTruncated)? From(Picture picture, Observable start)
    {
        if (picture.Of(start) is not { } whole) return null;
        var since = whole.Core.ToDictionary(each => each.Node, each => each.Since);
        var distances = Distances(picture, start, since.ContainsKey);
        var core = distances.OrderBy(each => each.Value).ThenBy(each => each.Key).Select(each => each.Key)
            .Take(NodesMax).Where(since.ContainsKey).Take(CoreMax).ToHashSet();
        var fringe = core.SelectMany(picture.Neighbours).Where(each => !core.Contains(each)).Distinct().Order().ToList();
        var said = picture.SaidWithin(core);
        return (
            new(
                core.OrderBy(each => since[each]).ThenBy(each => each).First(),
                [.. whole.Core.Where(each => core.Contains(each.Node))],
                [.. whole.Links.Where(each => core.Contains(each.One) && core.Contains(each.Two))],
                [.. fringe.Take(FringeMax)],
                [.. said.Take(ContributionsMax)]),
            distances.Count > NodesMax || since.Count > CoreMax || fringe.Count > FringeMax || said.Count > ContributionsMax);
    }

    // In links from the start, of its core and of its fringe.
    private static Dictionary<Observable, int> Distances(Picture picture, Observable start, Func<Observable, bool> isCore)
    {
        var distances = new Dictionary<Observable, int> { [start] = 0 };
        IReadOnlyList<Observable> outermost = [start];
        for (var distance = 1; outermost.Count > 0; distance++)
        {
            outermost = [.. outermost.Where(isCore).SelectMany(picture.Linked).Where(each => distances.TryAdd(each, distance))];
        }
        return distances;
    }
}
