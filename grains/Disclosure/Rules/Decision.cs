using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure.Rules;

/// <summary>The whole of design 3.1: what one caller may see of one compartment.</summary>
internal static class Decision
{
    /// <summary>
    /// Per type the lowest of the levels under the versions from the compartment's epoch to the newest (decision
    /// 0001.1). With any moment, persons count as their organisation.
    /// </summary>
    /// <exception cref="UndecidableException">The compartment is of a version that the history does not
    /// hold.</exception>
    public static Rights Of(in Caller caller, Compartment compartment, PolicyHistory history, ref Moment moment)
    {
        if (caller.IsOwnOnly && !OwnerSeesOwn.Holds(caller, compartment)) return Rights.None;
        var all = Rights.Of(compartment.Types, DisclosureLevel.Full);
        if (FeedBar.Holds(caller, compartment)) return Rights.None;
        if (OwnerSeesOwn.Holds(caller, compartment)) return all;
        if (compartment.AudienceEpoch > history.Number) throw UndecidableException.PolicyUnknown();
        if (!IsKnown(compartment) || Embargo.Hides(compartment.Marking, ref moment)) return Rights.None;
        var rights = all;
        for (var n = compartment.AudienceEpoch; n <= history.Number && rights.Visible != 0; n++)
            rights = rights.And(Under(PolicyIndex.Of(history.Versions[n - 1]), caller, compartment, ref moment));
        return IsShownInPart(compartment.Kind) || rights.Visible == compartment.Types.Mask ? rights : Rights.None;
    }

    // A contribution shows where a core holds all that it names (design 3.4): whoever may not see all of it sees none.
    private static bool IsShownInPart(SightingKind kind) => kind != SightingKind.Contribution;

    private static Rights Under(PolicyIndex policy, in Caller caller, Compartment compartment, ref Moment moment)
    {
        if (policy.Find(caller.OrganisationId) is not { } organisation) return Rights.None;
        if (policy.Find(compartment.Owner) is not { } owner) return Rights.None;
        var marking = compartment.Marking;
        var isNamed = NamedRecipient.NamesOrganisation(marking, organisation)
            || (moment.IsAny
                ? NamedRecipient.NamesPersonOf(marking, organisation.Id)
                : NamedRecipient.NamesPerson(marking, caller));
        if (isNamed) return Rights.Of(compartment.Types, DisclosureLevel.Full);
        var rights = AgreementGrant.To(organisation, owner, policy, compartment, ref moment);
        if (TlpReach.ReachesEveryOrganisation(marking))
            return rights.Or(Rights.Of(compartment.Types, DisclosureLevel.Redacted));
        return rights.Or(ClientOfReceiver.Grant(organisation, owner, policy, compartment, ref moment));
    }

    // A label of a newer peer: nobody but the owner can be told what it means.
    private static bool IsKnown(Compartment compartment) =>
        compartment.Marking.Tlp is >= Tlp.Clear and <= Tlp.Red
        && compartment.Kind is >= SightingKind.Positive and <= SightingKind.Contribution;
}
