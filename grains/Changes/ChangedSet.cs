using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>Observables that changed, each once, with the newest instant at which it did; bounded.</summary>
internal sealed class ChangedSet(int max)
{
    // What records name is told apart by reference, until something is added by its value.
    private readonly Dictionary<NamedObservable, long> _byName = [];
    private readonly Dictionary<Observable, long> _byValue = [];

    /// <summary>Whether there were more than the bound.</summary>
    public bool IsTooMuch => _byName.Count + _byValue.Count > max;

    /// <summary>Adds a change.</summary>
    public void Add(in Observable observable, long at)
    {
        if (IsTooMuch) return;
        foreach (var (name, then) in _byName) Raise(_byValue, name.Observable, then);
        _byName.Clear();
        Raise(_byValue, observable, at);
    }

    /// <summary>Adds a change of what a record names.</summary>
    public void Add(NamedObservable name, long at)
    {
        if (_byValue.Count > 0) Add(name.Observable, at);
        else if (!IsTooMuch) Raise(_byName, name, at);
    }

    /// <summary>The changes in order; none when there were too many.</summary>
    public ImmutableArray<Changed> InOrder() => IsTooMuch
        ? []
        : [.. _byName.Select(each => new Changed(each.Value, each.Key.Observable)).Concat(
            _byValue.Select(each => new Changed(each.Value, each.Key))).Order()];

    private static void Raise<TKey>(Dictionary<TKey, long> changed, TKey key, long at) where TKey : notnull
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(changed, key, out var isThere);
        if (!isThere || known < at) known = at;
    }
}
