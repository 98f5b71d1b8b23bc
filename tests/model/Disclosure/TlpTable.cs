using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Disclosure;

/// <summary>What a label allows, besides named organisations and persons, which every label knows.</summary>
/// <param name="Communities">Named communities are recipients.</param>
/// <param name="Agreements">Agreements can carry it.</param>
/// <param name="Everybody">Every organisation is reached.</param>
/// <param name="Consortium">Every organisation is reached unless the marking names communities.</param>
/// <param name="Clients">Clients of the owner and of receivers are reached.</param>
/// <param name="Otherwise">The rule that hides it from the rest.</param>
public sealed record TlpRow(
    bool Communities, bool Agreements, bool Everybody, bool Consortium, bool Clients, Rule Otherwise);

/// <summary>DESIGN 3.1.3 as a table.</summary>
public static class TlpTable
{
    public static TlpRow Of(Tlp tlp) => tlp switch
    {
        //                     communities agreements everybody consortium clients
        Tlp.Clear => new(true, true, true, false, false, Rule.NoParty),
        Tlp.Green => new(true, true, false, true, true, Rule.StopsAtCircle),
        Tlp.Amber => new(true, true, false, false, true, Rule.StopsAtAmber),
        Tlp.AmberStrict => new(true, true, false, false, false, Rule.StopsAtAmberStrict),
        Tlp.Red => new(false, false, false, false, false, Rule.StopsAtRed),
        _ => throw new ArgumentOutOfRangeException(nameof(tlp), tlp, "No such label."),
    };
}
