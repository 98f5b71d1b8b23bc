using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure.Rules;

/// <summary>
/// How far the label itself reaches, at Redacted: CLEAR every organisation; GREEN every organisation of the consortium
/// unless the marking names communities (their members are named recipients); every other label nobody (design 3.1.3).
/// </summary>
internal static class TlpReach
{
    public static bool ReachesEveryOrganisation(Marking marking) => marking.Tlp switch
    {
        Tlp.Clear => true,
        Tlp.Green => !NamesCommunity(marking),
        // Anything else, a label of a newer peer included, stays where it is: fail closed.
        _ => false,
    };

    private static bool NamesCommunity(Marking marking)
    {
        foreach (var recipient in marking.Recipients)
            if (recipient.Kind == RecipientKind.Community) return true;
        return false;
    }
}
