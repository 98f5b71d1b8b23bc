using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Disclosure.Rules;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// What of a compartment may leave its jurisdiction (design 4, Release): the observable types that some organisation
/// outside it may see at some instant. Time does not count, since the end of an embargo and the start of an agreement
/// come by themselves; a revoked agreement gives nothing. Where an organisation stands is judged by the newest version.
/// </summary>
public static class Audience
{
    private const int RememberedMax = 65_536;
    private static readonly ConditionalWeakTable<
        PolicyHistory, ConcurrentDictionary<Compartment, ObservableTypeSet>> Known = [];

    /// <summary>The types that may leave; empty when nothing may, not even that there is something.</summary>
    /// <exception cref="UndecidableException">The compartment is of a version that the history does not
    /// hold.</exception>
    public static ObservableTypeSet Released(Compartment compartment, PolicyHistory history)
    {
        var remembered = Known.GetValue(history, static _ => new());
        if (remembered.TryGetValue(compartment, out var known)) return known;
        var released = Judge(compartment, history);
        if (remembered.Count >= RememberedMax) remembered.Clear();
        remembered[compartment] = released;
        return released;
    }

    private static ObservableTypeSet Judge(Compartment compartment, PolicyHistory history)
    {
        if (compartment.AudienceEpoch > history.Number) throw UndecidableException.PolicyUnknown();
        ulong released = 0;
        foreach (var organisation in history.Versions[^1].Organisations)
        {
            if (organisation.Jurisdiction == compartment.Jurisdiction) continue;
            var moment = Moment.Any();
            released |= Decision.Of(new(organisation.Id), compartment, history, ref moment).Visible;
            if (released == compartment.Types.Mask) break;
        }
        return new(released);
    }
}
