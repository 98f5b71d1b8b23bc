using System.Globalization;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// Names of vulnerabilities: <c>CVE-</c>, the year (from 1999, when the list began), and 4 to 19 digits (CVE Record
/// Format 5, <c>cveId</c>), upper case. Beyond four digits there is no leading zero (CVE ID syntax of 2014), so a
/// number has one spelling. The hyphens that typesetters put in place of the plain one are read as it.
/// </summary>
internal static class CveNames
{
    private const int YearFirst = 1999;
    private const int NumberStart = 9;
    private const int NumberDigitsMin = 4;
    private const int NumberDigitsMax = 19;

    public static Canonical Normalise(string text)
    {
        if (text.Length is < NumberStart + NumberDigitsMin or > NumberStart + NumberDigitsMax || !HasParts(text))
            return Canonical.Refuse("Not CVE, a hyphen, a year, a hyphen, and 4 to 19 digits.");
        if (int.Parse(text.AsSpan(4, 4), NumberStyles.None, CultureInfo.InvariantCulture) < YearFirst)
            return Canonical.Refuse("The year of a CVE is 1999 or later.");
        var number = text.AsSpan(NumberStart);
        if (number.Length > NumberDigitsMin && number[0] == '0')
            return Canonical.Refuse("A number of a CVE over four digits has no leading zeros.");
        var isCanonical = text.StartsWith("CVE-", StringComparison.Ordinal) && text[8] == '-';
        return Canonical.Of(ObservableType.Vulnerability,
            isCanonical ? text : $"CVE-{text.AsSpan(4, 4)}-{number}");
    }

    private static bool HasParts(ReadOnlySpan<char> text) =>
        text.StartsWith("CVE", StringComparison.OrdinalIgnoreCase)
        && IsHyphen(text[3]) && AreDigits(text[4..8]) && IsHyphen(text[8]) && AreDigits(text[NumberStart..]);

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    // Hyphen-minus, hyphen, non-breaking hyphen, figure dash, en dash, minus sign.
    private static bool IsHyphen(char c) => c is '-' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212';
}
