using System.Buffers;
using System.Text;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// Domain names as the DNS carries them: A-labels, lower case, no dot at the end. More liberal than host names (RFC
/// 952) because names in use are: underscores and hyphens may stand anywhere, and an <c>xn--</c> label is kept as it is
/// even where it decodes to nothing, since it resolves all the same.
/// </summary>
internal static class DomainNames
{
    private const int NameCharsMax = 253;
    private const int LabelCharsMax = 63;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static Canonical Normalise(string text)
    {
        var name = Canonicalise(text, out var problem);
        return name is null ? Canonical.Refuse(problem!) : Canonical.Of(ObservableType.DomainName, name);
    }

    /// <summary>Whether a text is canonical.</summary>
    public static bool IsCanonical(ReadOnlySpan<char> name) => Problem(name) is null;

    /// <summary>The canonical name, or null and the problem in one sentence.</summary>
    public static string? Canonicalise(string text, out string? problem)
    {
        problem = Problem(text);
        if (problem is null) return text;
        var name = Defang.MayBeMarked(text) ? Defang.Undo(text) : text;
        if (Ascii.IsValid(name)) name = name.ToLowerInvariant();
        else if (!Idna.TryToAscii(name, out name)) problem = "A label has no form in the DNS (UTS 46).";
        if (name is null) return null;
        if (name.EndsWith('.')) name = name[..^1];
        problem = Problem(name);
        return problem is null ? name : null;
    }

    private static string? Problem(ReadOnlySpan<char> name)
    {
        if (name.Length > NameCharsMax) return "A domain name has at most 253 characters.";
        if (name.ContainsAnyExcept(Alphabet)) return "A domain name has letters, digits, hyphens, underscores, dots.";
        while (true)
        {
            var dot = name.IndexOf('.');
            var label = dot < 0 ? name : name[..dot];
            if (label.Length is 0 or > LabelCharsMax) return "A label of a domain name has 1 to 63 characters.";
            if (dot < 0) return IsNumber(label) ? "A name that ends in a number would be read as an address." : null;
            name = name[(dot + 1)..];
        }
    }

    // What programs take for a part of an IPv4 address: decimal or 0x and hexadecimal (WHATWG URL, "ends in a number").
    private static bool IsNumber(ReadOnlySpan<char> label) =>
        char.IsAsciiDigit(label[0]) && (!label.ContainsAnyExcept(Digits)
            || (label.StartsWith("0x") && !label[2..].ContainsAnyExcept(HexDigits)));
}
