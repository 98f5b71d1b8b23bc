using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// One sighting in the form that a caller may see: evidence (design 3.1, the whitelists of Full and Redacted).
/// </summary>
public static class SightingDisclosure
{
    /// <summary>The sighting's disclosed form; null when its existence must not be told.</summary>
    /// <param name="sighting">The sighting.</param>
    /// <param name="subject">
    /// The type of the observable that the caller asked for, which must itself be disclosed, since the answer says that
    /// the sighting names it; null when the question names none, such as one for an asset's evidence.
    /// </param>
    /// <param name="compartment">The compartment that the sighting belongs to.</param>
    /// <param name="clearance">Who asks, under which policy.</param>
    /// <param name="at">The instant of the question, in the grid's time; Unix milliseconds UTC.</param>
    /// <exception cref="UndecidableException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static DisclosedSighting? Apply(
        Sighting sighting, ObservableType? subject, Compartment compartment, Clearance clearance, long at)
    {
        if (!compartment.Marking.Equals(sighting.Marking) || compartment.Kind != sighting.Kind)
            throw new UndecidableException("BUG: a sighting is judged by a compartment that is not its own.");
        var rights = clearance.RightsIn(compartment, at);
        if (subject is { } type && rights.Of(type) == DisclosureLevel.None) return null;
        return rights.OfWhole(compartment.Types) switch
        {
            DisclosureLevel.Full => Full(sighting, compartment),
            DisclosureLevel.Redacted => Redacted(sighting, compartment, rights),
            _ => null,
        };
    }

    /// <summary>A contribution's disclosed form, on the terms of its compartment.</summary>
    internal static DisclosedSighting Of(Sighting contribution, in Terms terms)
    {
        var (compartment, isTold) = (terms.Compartment, terms.Source is not null);
        var said = contribution.Contribution!;
        var at = terms.Show(contribution.LastSeen);
        return new(
            terms.Level, contribution.Observables, contribution.Kind, contribution.Count, at, at, contribution.Confidence,
            terms.IsFull ? DisclosedMarking.Full(compartment.Marking) : DisclosedMarking.Redacted(compartment.Marking), [],
            compartment.Jurisdiction, terms.Source, isTold ? contribution.Description : null, terms.IsFull ? contribution.Id : null,
            Asset: null, SourceRef: null, isTold ? said : said with { Service = "" });
    }

    /// <summary>
    /// When a sighting was last seen, in the form that <see cref="Apply"/> would give it: what order and limits need of a
    /// sighting before it is read. Null when <see cref="Apply"/> would give nothing. Arguments as there.
    /// </summary>
    /// <exception cref="InvalidOperationException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static long? LastSeen(
        long lastSeen, ObservableType subject, Compartment compartment, Clearance clearance, long at)
    {
        var rights = clearance.RightsIn(compartment, at);
        return rights.Of(subject) == DisclosureLevel.None ? null : Terms.Show(lastSeen, rights.OfWhole(compartment.Types));
    }

    /// <summary>The form of a sighting that names what is asked for by its asset alone: Full or nothing. Arguments as above.</summary>
    /// <exception cref="InvalidOperationException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static DisclosedSighting? ApplyJoined(Sighting sighting, Compartment compartment, Clearance clearance, long at) =>
        LastSeenJoined(sighting.LastSeen, compartment, clearance, at) is null
            ? null : Apply(sighting, subject: null, compartment, clearance, at);

    /// <summary>As <see cref="LastSeen"/>, of what <see cref="ApplyJoined"/> would give.</summary>
    /// <exception cref="InvalidOperationException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public static long? LastSeenJoined(long lastSeen, Compartment compartment, Clearance clearance, long at) =>
        clearance.DecideWhole(compartment, at) == DisclosureLevel.Full ? lastSeen : null;

    private static DisclosedSighting Full(Sighting sighting, Compartment compartment) => new(
        DisclosureLevel.Full, sighting.Observables, sighting.Kind, sighting.Count, sighting.FirstSeen,
        sighting.LastSeen, sighting.Confidence, DisclosedMarking.Full(sighting.Marking), sighting.Techniques,
            compartment.Jurisdiction,
        compartment.Owner, sighting.Description, sighting.Id, sighting.Asset, sighting.SourceRef);

    private static DisclosedSighting Redacted(Sighting sighting, Compartment compartment, Rights rights)
    {
        var isNamed = sighting.Marking.Attribution == Attribution.Named;
        return new(
            DisclosureLevel.Redacted, [.. sighting.Observables.Where(o => rights.Of(o.Type) != DisclosureLevel.None)],
            sighting.Kind, sighting.Count, Hours.Floor(sighting.FirstSeen), Hours.Floor(sighting.LastSeen),
            sighting.Confidence, DisclosedMarking.Redacted(sighting.Marking), sighting.Techniques,
            compartment.Jurisdiction, isNamed ? compartment.Owner : null, isNamed ? sighting.Description : null,
            Id: null, Asset: null, SourceRef: null);
    }
}
