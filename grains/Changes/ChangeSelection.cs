using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.LastSeen;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>Which of what a home holds is a change for a caller.</summary>
internal static class ChangeSelection
{
    /// <summary>Adds what a record names that the caller sees now.</summary>
    /// <param name="sight">What the caller sees.</param>
    /// <param name="record">The record.</param>
    /// <param name="wanted">Which observables; null for all.</param>
    /// <param name="found">To where.</param>
    public static void Add(Sight sight, DecodedRecord record, HashSet<NamedObservable>? wanted, ChangedSet found)
    {
        foreach (var (compartment, observables) in record.Named)
        {
            if (record.Released is { } of && sight.SeesWhole(compartment))
                found.Add(new ChangedElsewhere(compartment.Jurisdiction, of.Ledger.Epoch, of.From, of.To));
            // Once for all of them: this runs for every caller who watches.
            if (!sight.TellsNamed || (wanted is not null && !wanted.Overlaps(observables))) continue;
            var seen = sight.TypesSeenNow(compartment);
            if (seen.Mask == 0) continue;
            foreach (var name in observables)
                if (seen.Contains(name.Observable.Type) && wanted?.Contains(name) != false) found.Add(name, record.At, compartment.Kind);
        }
        foreach (var (compartment, observables) in record.Joined)
        {
            if (!sight.SeesWhole(compartment)) continue;
            foreach (var name in observables)
                if (wanted?.Contains(name) != false) found.Add(name, record.At, compartment.Kind);
        }
    }

    /// <summary>Adds a member of the index, where the caller's rights to it are not what they were.</summary>
    /// <param name="sight">What the caller sees, and saw.</param>
    /// <param name="group">The member's group.</param>
    /// <param name="member">The member.</param>
    /// <param name="since">The position since which it is there.</param>
    /// <param name="at">When it changed; Unix milliseconds UTC.</param>
    /// <param name="wanted">Which observables; null for all.</param>
    /// <param name="found">To where.</param>
    public static void Add(
        Sight sight, Compartment group, ReadOnlySpan<byte> member, long since, long at, HashSet<Observable>? wanted, ChangedSet found)
    {
        var (observable, compartment) = (LastSeenCut.ObservableOf(member), LastSeenCut.CompartmentOf(group, member));
        if (sight.Home.IsHub && sight.DiffersWhole(compartment, since))
            found.Add(new ChangedElsewhere(compartment.Jurisdiction, Epoch: 0, From: -1, To: -1));
        if (wanted?.Contains(observable) == false) return;
        if (LastSeenCut.IsJoined(group))
        {
            if (sight.DiffersWhole(compartment, since)) found.Add(observable, at, compartment.Kind, sight.LostOfJoined(compartment));
        }
        else if (sight.TellsNamed && sight.Differs(compartment, observable.Type, since))
            found.Add(observable, at, compartment.Kind, sight.LostOf(compartment, observable.Type, since));
    }
}
