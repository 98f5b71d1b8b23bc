using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>Observables that changed, each once, with the newest instant at which it did, and whether in incidents only; bounded.</summary>
internal sealed class ChangedSet(int max)
{
    private readonly Dictionary<Observable, Changed> _changed = [];

    /// <summary>Whether there were more than the bound.</summary>
    public bool IsTooMuch => _changed.Count > max;

    /// <summary>Adds a change of what was said in statements of a kind.</summary>
    public void Add(in Observable observable, long at, SightingKind kind)
    {
        if (IsTooMuch) return;
        var change = new Changed(at, observable, kind == SightingKind.Contribution);
        _changed[observable] = _changed.TryGetValue(observable, out var known) ? known.Plus(change) : change;
    }

    /// <summary>The changes in order; none when there were too many.</summary>
    public ImmutableArray<Changed> InOrder() =>
        IsTooMuch ? [] : [.. _changed.Values.Order()];
}
