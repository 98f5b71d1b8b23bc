using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>
/// Finds the incident around a node by walking along visible links, level by level. The grid is asked for what the caller sees of
/// whole levels; the order is that of the observables, so what a bound cuts off is a function of the view alone.
/// </summary>
internal sealed class IncidentWalk(CorrelationRules rules, IncidentWalk.Ask ask)
{
    /// <summary>Most core nodes of an incident that are walked.</summary>
    public const int CoreMax = 256;

    /// <summary>Most nodes that are looked at.</summary>
    public const int NodesMax = 4_096;

    /// <summary>Most fringe nodes that are told.</summary>
    public const int FringeMax = 1_000;

    private readonly Dictionary<Observable, Correlation> _seen = [];
    private readonly SortedDictionary<Observable, (ImmutableArray<Observable> Linked, Correlation Seen)> _core = [];
    private bool _isTruncated;

    /// <summary>What the caller sees of nodes, in their order.</summary>
    internal delegate Task<IReadOnlyList<Correlation>> Ask(IReadOnlyList<Observable> nodes);

    /// <summary>The incident whose core holds a node, or null when it is not core.</summary>
    public async Task<Incident?> From(Observable start)
    {
        IReadOnlyList<Observable> level = [start];
        while (level.Count > 0)
        {
            await LookAt(level);
            var joined = level.Where(Join).ToList();
            level = [.. joined.SelectMany(node => _core[node].Linked).Distinct().Where(node => !_seen.ContainsKey(node)).Order()];
        }
        return _core.Count == 0 ? null : Tell();
    }

    private async Task LookAt(IReadOnlyList<Observable> level)
    {
        var room = NodesMax - _seen.Count;
        if (level.Count > room) _isTruncated = true;
        var asked = level.Take(room).ToList();
        foreach (var (node, seen) in asked.Zip(await ask(asked))) _seen.Add(node, seen);
    }

    private bool Join(Observable node)
    {
        if (!_seen.TryGetValue(node, out var seen) || !rules.IsCore(node, seen)) return false;
        // What a bound cut off of what was said might have linked or split.
        _isTruncated |= seen.IsCut;
        if (_core.Count == CoreMax)
        {
            _isTruncated = true;
            return false;
        }
        _core.Add(node, (rules.Linked(node, seen), seen));
        return true;
    }

    private Incident Tell()
    {
        var core = _core.Select(each => Tell(each.Key, each.Value.Seen)).ToImmutableArray();
        var fringe = _core.Values.SelectMany(each => rules.Neighbours(each.Seen)).Distinct().Where(n => !_core.ContainsKey(n))
            .Order().ToList();
        var said = Contributions().ToList();
        return new(
            core.OrderBy(node => node.Since).ThenBy(node => node.Observable).First().Observable,
            core,
            [.. _core.SelectMany(one => one.Value.Linked.Where(two => one.Key.CompareTo(two) < 0 && _core.ContainsKey(two))
                .Select(two => (one.Key, two)))],
            [.. fringe.Take(FringeMax)],
            [.. said.Order(EvidenceOrder.Instance).Take(Bounds.ContributionsShownMax)],
            _isTruncated || fringe.Count > FringeMax || said.Count > Bounds.ContributionsShownMax);
    }

    // Each stands at every observable that it names, and is told once.
    private IEnumerable<DisclosedSighting> Contributions() => _core.SelectMany(
        each => each.Value.Seen.Contributions.Where(said => said.Observables[0] == each.Key && said.Observables.All(_core.ContainsKey)));

    private CoreNode Tell(Observable node, Correlation seen) =>
        new(node, [.. rules.MemberStates(seen)], rules.CoreSince(seen), CorrelationRules.LastOf(seen) ?? 0, [.. rules.Sectors(seen)]);
}
