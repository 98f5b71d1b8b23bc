using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>What a change of a node is a change of, in one partner's incidents.</summary>
/// <param name="Incidents">Incidents as they are now: around the node, or, where it is not core, around what it was linked with and around
/// what the assets join on which it was seen.</param>
/// <param name="Gone">Nodes that were core, or may have been, and are not.</param>
/// <param name="IsHub">Whether the node is a hub, and core but for that.</param>
internal sealed record Surroundings(IReadOnlyList<Incident> Incidents, IReadOnlyList<GoneNode> Gone, bool IsHub)
{
    // What is core has less than a hundred neighbours; contributions may link it with more.
    private const int BesideMax = 256;

    /// <summary>The surroundings of a change, out of what the caller sees of nodes.</summary>
    /// <param name="change">The change.</param>
    /// <param name="before">The rules as of instants before it.</param>
    /// <param name="now">Those of now.</param>
    /// <param name="ask">Tells what the caller sees now.</param>
    /// <param name="wasHub">Whether the node is known to have been a hub before.</param>
    public static async Task<Surroundings> Of(
        Changed change, IReadOnlyList<CorrelationRules> before, CorrelationRules now, IncidentWalk.Ask ask, bool wasHub = false)
    {
        var (found, gone) = (new List<Incident>(), new List<GoneNode>());
        var aged = new Lost(change.Lost.Bits & Lost.OfWindow.Bits);
        if (await new IncidentWalk(now, ask).From(change.Observable) is { } around) found.Add(around);
        if (found.Count > 0 && aged.IsNothing) return new(found, gone, IsHub: false);
        var seen = (await ask([change.Observable]))[0];
        var isHub = now.IsHub(change.Observable, seen);
        var wasCore = found.Count == 0 && (AddIfGone(change.Observable, seen, change.Lost) || AddIfNewHub());
        var beside = before.SelectMany(then => wasCore ? then.Linked(change.Observable, seen) : Joined(then, seen)).Distinct().Order()
            .Take(BesideMax).ToList();
        foreach (var (node, its) in beside.Count == 0 ? [] : beside.Zip(await ask(beside)))
        {
            if (!now.IsCore(node, its)) AddIfGone(node, its, aged);
            else if (!found.Exists(one => one.Core.Any(core => core.Observable == node)))
                found.Add((await new IncidentWalk(now, ask).From(node))!);
        }
        return new(found, gone, isHub);

        // A full list does not say whether it was full before.
        bool AddIfNewHub()
        {
            if (!isHub || wasHub) return false;
            gone.Add(new(change.Observable, [.. now.MemberStates(seen)]));
            return true;
        }

        bool AddIfGone(Observable node, Correlation its, Lost lost)
        {
            if (lost.IsNothing || !before.Any(then => then.MayHaveBeenCore(node, its, lost))) return false;
            gone.Add(new(node, [.. before.SelectMany(then => then.MemberStates(its, lost)).Distinct().Order(StringComparer.Ordinal)]));
            return true;
        }
    }

    /// <summary>What the assets join on which a node was seen.</summary>
    internal static IEnumerable<Observable> Joined(CorrelationRules rules, Correlation seen) =>
        rules.Neighbours(seen).Where(each => AssetJoins.Types.Contains(each.Type));
}

/// <summary>A node that was core, and is not.</summary>
/// <param name="Observable">What it is.</param>
/// <param name="MemberStates">The Member States that had seen it within the window, sorted.</param>
internal sealed record GoneNode(Observable Observable, ImmutableArray<string> MemberStates);
