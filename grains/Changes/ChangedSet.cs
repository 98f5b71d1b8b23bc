using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>Observables that changed, each once, with the newest instant at which it did, and whether in incidents only; bounded.</summary>
internal sealed class ChangedSet(int max)
{
    // What records name is told apart by reference, until something is added by its value.
    private readonly Dictionary<NamedObservable, Changed> _byName = [];
    private readonly Dictionary<Observable, Changed> _byValue = [];
    private readonly Dictionary<string, ChangedElsewhere> _elsewhere = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (bool Gains, bool Loses)> _byRights = new(StringComparer.Ordinal);

    /// <summary>Whether there were more than the bound.</summary>
    public bool IsTooMuch => _byName.Count + _byValue.Count > max;

    /// <summary>Adds a change of what is said in statements of a kind, and what is lost by it.</summary>
    public void Add(in Observable observable, long at, SightingKind kind, Lost lost = default)
    {
        if (IsTooMuch) return;
        foreach (var then in _byName.Values) Add(_byValue, then.Observable, then);
        _byName.Clear();
        Add(_byValue, observable, ChangeOf(observable, at, kind) with { Lost = lost });
    }

    /// <summary>Adds a change of what a record names.</summary>
    public void Add(NamedObservable name, long at, SightingKind kind)
    {
        if (_byValue.Count > 0) Add(name.Observable, at, kind);
        else if (!IsTooMuch) Add(_byName, name, ChangeOf(name.Observable, at, kind));
    }

    /// <summary>What came of other homes' ledgers, each home once.</summary>
    public ImmutableArray<ChangedElsewhere> Elsewhere => [.. _elsewhere.Values];

    /// <summary>The homes of which only rights differ, as (gains, loses).</summary>
    public IReadOnlyDictionary<string, (bool Gains, bool Loses)> ByRights => _byRights;

    /// <summary>Adds what came of another home's ledger.</summary>
    public void Add(in ChangedElsewhere elsewhere) => _elsewhere[elsewhere.Jurisdiction] =
        _elsewhere.TryGetValue(elsewhere.Jurisdiction, out var known) ? known.Plus(elsewhere) : elsewhere;

    /// <summary>Adds that rights to whole sightings of another home differ.</summary>
    public void Add(string jurisdiction, bool gains, bool loses)
    {
        var (knownGains, knownLoses) = _byRights.GetValueOrDefault(jurisdiction);
        _byRights[jurisdiction] = (knownGains || gains, knownLoses || loses);
    }

    /// <summary>The changes in order; none when there were too many.</summary>
    public ImmutableArray<Changed> InOrder() => IsTooMuch ? [] : [.. _byName.Values.Concat(_byValue.Values).Order()];

    private static Changed ChangeOf(in Observable observable, long at, SightingKind kind) =>
        new(at, observable, kind == SightingKind.Contribution);

    private static void Add<TKey>(Dictionary<TKey, Changed> to, TKey key, in Changed change) where TKey : notnull
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(to, key, out var isThere);
        known = isThere ? known.Plus(change) : change;
    }
}
