namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// Names of software: CPE 2.3 formatted strings (NIST IR 7695, 6.2), unbound and bound again, so that each value has one
/// quoting; lower case, which is how a URI is decoded (6.1.3) and how dictionaries write. A CPE 2.2 URI becomes the
/// formatted string that section 7.1 makes of it. A name without vendor and product means everything, or that somebody
/// did not know: it is refused, so that what is unknown does not meet in one value.
/// </summary>
internal static class CpeNames
{
    private const string Prefix = "cpe:2.3:";
    private const string UriPrefix = "cpe:/";
    private const int Parts = 11;
    private const int VendorAt = 1;
    private const int ProductAt = 2;
    private const int LanguageAt = 6;

    public static Canonical Normalise(string text)
    {
        if (text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return OfParts(text.AsSpan(Prefix.Length), text);
        if (!text.StartsWith(UriPrefix, StringComparison.OrdinalIgnoreCase))
            return Canonical.Refuse("Neither a CPE 2.3 formatted string nor a CPE 2.2 URI.");
        return CpeUris.TryToParts(text.AsSpan(UriPrefix.Length), out var parts, out var problem)
            ? OfParts(parts, text)
            : Canonical.Refuse(problem);
    }

    private static Canonical OfParts(ReadOnlySpan<char> parts, string source)
    {
        var buffer = new TextBuffer(stackalloc char[256]);
        buffer.Append(Prefix);
        try
        {
            return Write(parts, ref buffer) is { } problem
                ? Canonical.Refuse(problem)
                : Canonical.Of(ObservableType.Software, buffer.ToString(source));
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static string? Write(ReadOnlySpan<char> rest, ref TextBuffer into)
    {
        var isNamed = false;
        for (var part = 0; part < Parts; part++)
        {
            var isLast = part == Parts - 1;
            var end = PartEnd(rest);
            if (isLast != (end == rest.Length)) return "A CPE 2.3 formatted string has 11 parts after its prefix.";
            var start = into.Length;
            if (CpeValues.Append(rest[..end], ref into) is { } problem) return problem;
            var written = into.Written[start..];
            if (part == 0 && written is not ("a" or "o" or "h" or "*" or "-")) return "The part of a CPE is a, o or h.";
            if (part == LanguageAt && !IsLanguage(written)) return "The language of a CPE is a language and a region.";
            isNamed |= part is VendorAt or ProductAt && written is not ("*" or "-");
            if (isLast) break;
            into.Append(':');
            rest = rest[(end + 1)..];
        }
        return isNamed ? null : "The CPE names neither a vendor nor a product.";
    }

    // The next colon that no backslash quotes.
    private static int PartEnd(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && text[end] != ':') end += text[end] == '\\' ? 2 : 1;
        return Math.Min(end, text.Length);
    }

    // LANGTAG of figure 6-3: two or three letters, and two letters or three digits.
    private static bool IsLanguage(ReadOnlySpan<char> text)
    {
        if (text is "*" or "-") return true;
        var dash = text.IndexOf('-');
        var language = dash < 0 ? text : text[..dash];
        if (language.Length is not (2 or 3) || language.ContainsAnyExceptInRange('a', 'z')) return false;
        if (dash < 0) return true;
        var region = text[(dash + 1)..];
        return (region.Length == 2 && !region.ContainsAnyExceptInRange('a', 'z'))
            || (region.Length == 3 && !region.ContainsAnyExceptInRange('0', '9'));
    }
}
