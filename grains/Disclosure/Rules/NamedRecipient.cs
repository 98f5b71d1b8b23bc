using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure.Rules;

/// <summary>
/// Named recipient → Full: the organisation, a community of it, or the person in that person's own calls. TLP:RED knows
/// persons and organisations, never communities (design 3.1.3).
/// </summary>
internal static class NamedRecipient
{
    /// <summary>Whether the marking names the organisation or, unless RED, a community that it belongs to.</summary>
    public static bool NamesOrganisation(Marking marking, Organisation organisation)
    {
        foreach (var recipient in marking.Recipients)
        {
            var named = recipient.Kind switch
            {
                RecipientKind.Organisation => recipient.Id == organisation.Id,
                RecipientKind.Community => marking.Tlp != Tlp.Red && organisation.Communities.Contains(recipient.Id),
                _ => false,
            };
            if (named) return true;
        }
        return false;
    }

    /// <summary>Whether the marking names the person who calls. A feed is no person's own call.</summary>
    public static bool NamesPerson(Marking marking, in Caller caller)
    {
        if (caller.Outlet != Outlet.Call || caller.Person is not { Length: > 0 } person) return false;
        foreach (var recipient in marking.Recipients)
            if (recipient.Kind == RecipientKind.Person && IsPersonOf(recipient, caller.OrganisationId)
                && recipient.Id.AsSpan(0, recipient.Id.LastIndexOf('@')).SequenceEqual(person)) return true;
        return false;
    }

    /// <summary>Whether the marking names some person of an organisation, whoever that is.</summary>
    public static bool NamesPersonOf(Marking marking, string organisation)
    {
        foreach (var recipient in marking.Recipients)
            if (recipient.Kind == RecipientKind.Person && IsPersonOf(recipient, organisation)) return true;
        return false;
    }

    private static bool IsPersonOf(in Recipient person, string organisation)
    {
        var at = person.Id.LastIndexOf('@');
        return at > 0 && person.Id.AsSpan(at + 1).SequenceEqual(organisation);
    }
}
