namespace CrossBorderSoc.Grains.Disclosure.Rules;

/// <summary>
/// "<c>p</c> is the owner's organisation → Full": always, in whatever the policy says (design 3.1.1).
/// </summary>
internal static class OwnerSeesOwn
{
    public static bool Holds(in Caller caller, Compartment compartment) => caller.OrganisationId == compartment.Owner;
}
