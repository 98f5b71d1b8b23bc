using System.Buffers;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// Digests of files, certificates and TLS hellos: lower-case hexadecimal of the algorithm's exact length.
/// </summary>
internal static class HexDigests
{
    private const int Sha256Digits = 64;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    public static Canonical Md5(string text) =>
        Of(ObservableType.FileMd5, text, 32, "An MD5 has 32 hexadecimal digits.");

    public static Canonical Sha1(string text) =>
        Of(ObservableType.FileSha1, text, 40, "A SHA-1 has 40 hexadecimal digits.");

    public static Canonical Sha256(string text) =>
        Of(ObservableType.FileSha256, text, Sha256Digits, "A SHA-256 has 64 hexadecimal digits.");

    /// <summary>The MD5 of a client's TLS hello (github.com/salesforce/ja3), never the string that it is of.</summary>
    public static Canonical Ja3(string text) =>
        Of(ObservableType.Ja3, text, 32, "A JA3 is an MD5 of 32 hexadecimal digits.");

    /// <summary>
    /// The SHA-256 of a certificate's DER form, as STIX 2.1 (6.18) and MISP name it; also with a colon after every byte
    /// but the last, as tools print it (RFC 8122, section 5).
    /// </summary>
    public static Canonical X509Sha256(string text) => Of(
        ObservableType.X509Sha256, HasColons(text) ? text.Replace(":", "", StringComparison.Ordinal) : text, Sha256Digits,
        "A SHA-256 has 64 hexadecimal digits, or 32 pairs of them with colons between.");

    private static bool HasColons(string text)
    {
        if (text.Length != (Sha256Digits / 2 * 3) - 1) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if ((text[i] == ':') != (i % 3 == 2)) return false;
        }
        return true;
    }

    private static Canonical Of(ObservableType type, string text, int digits, string problem)
    {
        if (text.Length != digits) return Canonical.Refuse(problem);
        if (!text.AsSpan().ContainsAnyExcept(LowerHex)) return Canonical.Of(type, text);
        return text.AsSpan().ContainsAnyExcept(Hex)
            ? Canonical.Refuse(problem)
            : Canonical.Of(type, text.ToLowerInvariant());
    }
}
