using System.Buffers;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// A client's TLS hello as FoxIO's JA4 (technical_details/JA4.md), lower case: <c>a_b_c</c>, where <c>a</c> is transport,
/// version, SNI, two counts and the first and last character of the ALPN, and <c>b</c> and <c>c</c> are 12 hexadecimal
/// digits each. Neither its raw form (JA4_r) nor its relatives (JA4S, JA4H …). The ALPN's two characters alone could be
/// upper case; no registered protocol has any there (IANA, "ALPN Protocol IDs"), so they are folded like the rest.
/// </summary>
internal static class Ja4
{
    private const int PartA = 10;
    private const int PartHash = 12;
    private const string Problem = "Not JA4's three parts a_b_c of 10, 12 and 12 characters.";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> LowerAlphanumeric =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    public static Canonical Normalise(string text)
    {
        if (text.Length != PartA + 1 + PartHash + 1 + PartHash) return Canonical.Refuse(Problem);
        var lower = text.AsSpan().ContainsAnyInRange('A', 'Z') ? text.ToLowerInvariant() : text;
        var isOne = IsPartA(lower.AsSpan(0, PartA))
            && IsHash(lower.AsSpan(PartA, PartHash + 1)) && IsHash(lower.AsSpan(PartA + 1 + PartHash));
        return isOne ? Canonical.Of(ObservableType.Ja4, lower) : Canonical.Refuse(Problem);
    }

    private static bool IsPartA(ReadOnlySpan<char> a) =>
        a[0] is 't' or 'q' or 'd'
        && a[1..3] is "13" or "12" or "11" or "10" or "s3" or "s2" or "d1" or "d2" or "d3" or "00"
        && a[3] is 'd' or 'i'
        && !a[4..8].ContainsAnyExceptInRange('0', '9')
        && !a[8..].ContainsAnyExcept(LowerAlphanumeric);

    private static bool IsHash(ReadOnlySpan<char> part) => part[0] == '_' && !part[1..].ContainsAnyExcept(LowerHex);
}
