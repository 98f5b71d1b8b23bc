using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure.Rules;

/// <summary>
/// AMBER and GREEN reach, at Redacted, the clients of the owner and of organisations that receive by name or by
/// agreement; never more observables than the parent gets, and never a client's client (design 3.1.3, decision 0001.5).
/// </summary>
internal static class ClientOfReceiver
{
    public static Rights Grant(
        Organisation client, Organisation owner, PolicyIndex policy, Compartment compartment, ref Moment moment)
    {
        if (compartment.Marking.Tlp is not (Tlp.Amber or Tlp.Green)) return Rights.None;
        ulong seen = 0;
        foreach (var parent in policy.ParentsOf(client.Id))
        {
            if (parent.Id == owner.Id || NamedRecipient.NamesOrganisation(compartment.Marking, parent))
                seen = compartment.Types.Mask;
            else seen |= AgreementGrant.To(parent, owner, policy, compartment, ref moment).Visible;
        }
        return Rights.Of(new ObservableTypeSet(seen), DisclosureLevel.Redacted);
    }
}
