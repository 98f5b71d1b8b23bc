using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.LastSeen;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>Which of what a home holds is a change for a caller.</summary>
/// <param name="sight">What the caller sees, and saw.</param>
/// <param name="ofJoined">Whether what assets join is asked for.</param>
/// <param name="found">To where.</param>
internal sealed class ChangeSelection(Sight sight, bool ofJoined, ChangedSet found)
{
    /// <summary>What assets join that the caller may have seen, and does not see: to be told where it was there.</summary>
    public List<LostJoined> Lost { get; } = [];

    /// <summary>Adds what a record names that the caller sees now.</summary>
    /// <param name="record">The record.</param>
    /// <param name="wanted">Which observables; null for all.</param>
    public void Add(DecodedRecord record, HashSet<NamedObservable>? wanted)
    {
        var gains = false;
        foreach (var (compartment, observables) in record.Named)
        {
            // Once for all of them: this runs for every caller who watches.
            var isWanted = sight.TellsNamed && (wanted is null || wanted.Overlaps(observables));
            if (!isWanted && (!ofJoined || record.Released is null)) continue;
            var (seen, isWhole) = sight.SeenNow(compartment);
            gains |= isWhole;
            if (!isWanted || seen.Mask == 0) continue;
            foreach (var name in observables)
                if (seen.Contains(name.Observable.Type) && wanted?.Contains(name) != false) found.Add(name, record.At, compartment.Kind);
        }
        if (ofJoined && record.Released is { } of)
            found.Add(new ChangedElsewhere(record.Jurisdiction, of.Ledger.Epoch, of.From, of.To, gains, Loses: false));
        foreach (var (compartment, observables) in record.Joined)
        {
            if (!sight.SeesWhole(compartment)) continue;
            foreach (var name in observables)
                if (wanted?.Contains(name) != false) found.Add(name, record.At, compartment.Kind);
        }
    }

    /// <summary>Whether members of a group may be changes.</summary>
    public bool MayAdd(Compartment group) =>
        LastSeenCut.IsJoined(group) ? ofJoined && sight.DiffersWhole(group) : sight.TellsNamed && sight.Differs(group);

    /// <summary>Adds a member of the index, where the caller's rights to it are not what they were.</summary>
    /// <param name="group">The member's group.</param>
    /// <param name="member">The member.</param>
    /// <param name="since">The position since which it is there.</param>
    /// <param name="at">When it changed; Unix milliseconds UTC.</param>
    /// <param name="wanted">Which observables; null for all.</param>
    public void Add(Compartment group, ReadOnlySpan<byte> member, long since, long at, HashSet<Observable>? wanted)
    {
        var isJoined = LastSeenCut.IsJoined(group);
        if (isJoined ? !ofJoined : !sight.TellsNamed) return;
        var (observable, compartment) = (LastSeenCut.ObservableOf(member), LastSeenCut.CompartmentOf(group, member));
        if (ofJoined && sight.Home.IsHub && sight.DiffersWhole(compartment)) AddElsewhere(compartment, since);
        if (wanted?.Contains(observable) == false) return;
        if (isJoined)
        {
            if (!sight.DiffersWhole(compartment)) return;
            if (sight.SeesWhole(compartment)) found.Add(observable, at, compartment.Kind);
            else Lost.Add(new(observable, compartment, since, at));
        }
        else if (sight.Differs(compartment, observable.Type, since))
            found.Add(observable, at, compartment.Kind, sight.LostOf(compartment, observable.Type, since));
    }

    private void AddElsewhere(Compartment compartment, long since)
    {
        var gains = sight.SeesWhole(compartment);
        if (gains || sight.WasThere(since)) found.Add(compartment.Jurisdiction, gains, !gains);
    }
}

/// <summary>What assets join that the caller may have seen.</summary>
/// <param name="Observable">The observable.</param>
/// <param name="Compartment">In what.</param>
/// <param name="Since">The position since which it is there.</param>
/// <param name="At">When it changed; Unix milliseconds UTC.</param>
internal readonly record struct LostJoined(Observable Observable, Compartment Compartment, long Since, long At);
