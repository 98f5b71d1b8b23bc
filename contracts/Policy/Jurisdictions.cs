using System.Collections.Frozen;

namespace CrossBorderSoc.Contracts.Policy;

/// <summary>
/// The jurisdictions of the grid: the 27 Member States by ISO 3166 code (<c>GR</c> for Greece), and <c>EU</c>.
/// </summary>
public static class Jurisdictions
{
    /// <summary>The code of the EU bodies' jurisdiction, which is no Member State.</summary>
    public const string Eu = "EU";

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal, "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
            "IE",
        "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", Eu);

    /// <summary>All codes, in no particular order.</summary>
    public static IReadOnlyCollection<string> All => Known;

    /// <summary>Whether a code is one of them.</summary>
    public static bool IsKnown(string code) => Known.Contains(code);
}
