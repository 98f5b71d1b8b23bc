using System.Buffers;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// URLs with an authority, normalised as RFC 3986, section 6.2.2 and 6.2.3, by hand: what System.Uri does to a text
/// depends on scheme and version, and it neither keeps every byte nor takes every length.
/// </summary>
internal static class Urls
{
    private const int SchemeCharsMax = 32;

    private static readonly SearchValues<char> SchemeTail =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    public static Canonical Normalise(string text)
    {
        if (IsCanonical(text, out var lacksPath))
            return Canonical.Of(ObservableType.Url, lacksPath ? text + "/" : text);
        var buffer = new TextBuffer(stackalloc char[512]);
        try
        {
            var problem = Write(text, ref buffer);
            return problem is null
                ? Canonical.Of(ObservableType.Url, buffer.ToString(text))
                : Canonical.Refuse(problem);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    // The common case, judged without writing: http or https, a plain host, nothing to encode, decode or remove.
    private static bool IsCanonical(string text, out bool lacksPath)
    {
        lacksPath = false;
        var start = text.StartsWith("https://", StringComparison.Ordinal) ? 8
            : text.StartsWith("http://", StringComparison.Ordinal) ? 7 : 0;
        if (start == 0) return false;
        var rest = text.AsSpan(start);
        var end = rest.IndexOfAny('/', '?', '#');
        var host = end < 0 ? rest : rest[..end];
        if (!DomainNames.IsCanonical(host) && !Ipv4.TryParse(host, out _)) return false;
        lacksPath = end < 0;
        return lacksPath || (rest[end] == '/' && UrlTail.IsCanonical(rest[end..]));
    }

    private static string? Write(ReadOnlySpan<char> text, ref TextBuffer into)
    {
        if (!TryCutScheme(text, out var scheme, out var rest, out var isMarked))
            return "Not a scheme, ://, and a host.";
        into.Append(scheme);
        into.Append("://");
        var end = rest.IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];
        var problem = UrlAuthority.Write(authority, scheme, ref into, ref isMarked);
        if (problem is null) UrlTail.Write(end < 0 ? default : rest[end..], isMarked, ref into);
        return problem;
    }

    private static bool TryCutScheme(
        ReadOnlySpan<char> text, out string scheme, out ReadOnlySpan<char> rest, out bool isMarked)
    {
        scheme = "";
        rest = default;
        isMarked = false;
        var length = text.IndexOfAnyExcept(SchemeTail);
        if (length is < 1 or > SchemeCharsMax || !char.IsAsciiLetter(text[0])) return false;
        var separator = text[length..];
        var skip = separator.StartsWith("://") ? 3
            : separator.StartsWith("[://]") || separator.StartsWith("[:]//") ? 5 : 0;
        if (skip == 0) return false;
        var written = text[..length];
        scheme = Refanged(written, out isMarked) ?? new string(written).ToLowerInvariant();
        isMarked |= skip == 5;
        rest = separator[skip..];
        return true;
    }

    private static string? Refanged(ReadOnlySpan<char> scheme, out bool isMarked)
    {
        var plain = scheme.Equals("hxxp", StringComparison.OrdinalIgnoreCase) ? "http"
            : scheme.Equals("hxxps", StringComparison.OrdinalIgnoreCase) ? "https"
            : scheme.Equals("fxp", StringComparison.OrdinalIgnoreCase) ? "ftp" : null;
        isMarked = plain is not null;
        if (plain is not null) return plain;
        return scheme switch { "http" => "http", "https" => "https", "ftp" => "ftp", _ => null };
    }
}
