using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>Observables that changed, each once, with the newest instant at which it did; bounded.</summary>
internal sealed class ChangedSet(int max)
{
    private readonly Dictionary<Observable, long> _at = [];

    /// <summary>Whether there were more than the bound.</summary>
    public bool IsTooMuch => _at.Count > max;

    /// <summary>Adds a change.</summary>
    public void Add(in Observable observable, long at)
    {
        if (!IsTooMuch) _at[observable] = Math.Max(at, _at.GetValueOrDefault(observable, long.MinValue));
    }

    /// <summary>The changes in order; none when there were too many.</summary>
    public ImmutableArray<Changed> InOrder() =>
        IsTooMuch ? [] : [.. _at.Select(each => new Changed(each.Value, each.Key)).Order()];
}
