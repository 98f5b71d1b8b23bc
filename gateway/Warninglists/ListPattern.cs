using System.Buffers;
using System.Text.RegularExpressions;

namespace CrossBorderSoc.Gateway.Warninglists;

/// <summary>
/// What a list's substrings or patterns hit. Linear in the length of a value, whoever wrote the list: substrings are searched all
/// at once, patterns run without backtracking.
/// </summary>
internal sealed class ListPattern
{
    // Never reached by a match that is linear in 8 KiB; a bound all the same.
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(10);

    private readonly SearchValues<string>? _substrings;
    private readonly Regex[] _patterns = [];

    public ListPattern(Warninglist list)
    {
        if (list.Kind == WarninglistKind.Substring)
            _substrings = SearchValues.Create([.. list.Entries], StringComparison.OrdinalIgnoreCase);
        else
            _patterns = [.. list.Entries.Select((entry, i) => Pattern(list, i, entry))];
    }

    public bool Hits(string text)
    {
        if (_substrings is not null && text.AsSpan().ContainsAny(_substrings)) return true;
        foreach (var pattern in _patterns)
            if (pattern.IsMatch(text)) return true;
        return false;
    }

    // As in PHP: between two slashes, then letters; or the bare pattern.
    private static Regex Pattern(Warninglist list, int place, string entry)
    {
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        var end = entry.LastIndexOf('/');
        var (pattern, letters) = entry[0] == '/' && end > 0 ? (entry[1..end], entry[(end + 1)..]) : (entry, "");
        foreach (var letter in letters)
            options |= letter switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                // All matches, or UTF-8: neither changes whether there is one.
                'g' or 'u' => RegexOptions.None,
                _ => throw list.Refuse(place, $"the letter '{letter}' after the pattern is not known."),
            };
        try
        {
            return new(pattern, options, LongestMatch);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw list.Refuse(place, "not a pattern, or one that only backtracking finds: " + e.Message);
        }
    }
}
