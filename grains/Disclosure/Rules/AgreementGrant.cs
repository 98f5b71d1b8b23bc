using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure.Rules;

/// <summary>
/// An agreement in force, from the owner or a community of the owner, to the receiver or a community of it, that covers
/// label and kind: its level on all observables when it covers all of their types, Redacted on the covered ones
/// otherwise. Never TLP:RED (design 3.1.3).
/// </summary>
internal static class AgreementGrant
{
    public static Rights To(
        Organisation receiver, Organisation owner, PolicyIndex policy, Compartment compartment, ref Moment moment)
    {
        if (compartment.Marking.Tlp == Tlp.Red) return Rights.None;
        var rights = From(policy.AgreementsTo(Party.Organisation(receiver.Id)), owner, compartment, ref moment);
        foreach (var community in receiver.Communities)
            rights = rights.Or(From(policy.AgreementsTo(Party.Community(community)), owner, compartment, ref moment));
        return rights;
    }

    private static Rights From(Agreement[] agreements, Organisation owner, Compartment compartment, ref Moment moment)
    {
        var rights = Rights.None;
        foreach (var agreement in agreements)
            if (IsProvidedBy(agreement.Provider, owner) && Covers(agreement, compartment)
                && IsInForce(agreement, ref moment))
                rights = rights.Or(Grant(agreement, compartment));
        return rights;
    }

    private static bool IsProvidedBy(Party provider, Organisation owner) =>
        provider.IsCommunity ? owner.Communities.Contains(provider.Id) : provider.Id == owner.Id;

    private static bool Covers(Agreement agreement, Compartment compartment) =>
        compartment.Marking.Tlp <= agreement.MaxTlp
        && (agreement.Kinds.IsEmpty || agreement.Kinds.Contains(compartment.Kind));

    private static bool IsInForce(Agreement agreement, ref Moment moment)
    {
        if (moment.IsAny) return true;
        return moment.HasReached(agreement.ValidFrom)
            && !(agreement.ValidUntil is { } end && moment.HasReached(end));
    }

    private static Rights Grant(Agreement agreement, Compartment compartment)
    {
        if (agreement.Types is not { } covered || covered.Covers(compartment.Types))
            return Rights.Of(compartment.Types, agreement.Level);
        var part = covered.Intersect(compartment.Types);
        return agreement.Level is DisclosureLevel.Redacted or DisclosureLevel.Full
            ? Rights.Of(part, DisclosureLevel.Redacted)
            : Rights.None;
    }
}
