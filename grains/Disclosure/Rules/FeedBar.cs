using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure.Rules;

/// <summary>
/// TLP:RED "never leaves through feeds, TAXII or webhooks" (design 3.1.3): whoever owns it and whomever it names. Nor does what carries a label
/// that this version does not know, nor anything through an outlet that it does not know and RED might not use.
/// </summary>
internal static class FeedBar
{
    public static bool Holds(in Caller caller, Compartment compartment) =>
        caller.Outlet != Outlet.Call && compartment.Marking.Tlp is not (>= Tlp.Clear and <= Tlp.AmberStrict);
}
