namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// Undoes the ways in which analysts make a value harmless to click. Only bracketed marks count, and only in places
/// where brackets mean nothing else: plain <c>dot</c>, <c>at</c> and <c>hxxp</c> are parts of real names.
/// </summary>
internal static class Defang
{
    /// <summary>Whether there is an opening bracket at all.</summary>
    public static bool MayBeMarked(ReadOnlySpan<char> text) => text.IndexOfAny('[', '(', '{') >= 0;

    /// <summary>
    /// Replaces <c>[.] (.) {.} [dot] (dot) {dot}</c> by a dot and <c>[:]</c> by a colon, marks in marks too.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="braces">Whether braces make marks.</param>
    /// <param name="dotsOnly">Whether only a dot in brackets is a mark, and neither a word nor a colon.</param>
    public static string Undo(ReadOnlySpan<char> text, bool braces = true, bool dotsOnly = false)
    {
        // A mark is judged when its closing bracket comes, on what is written so far: linear, and nothing is left to
        // undo.
        var buffer = new TextBuffer(stackalloc char[512]);
        foreach (var c in text)
        {
            var mark = c switch { ']' => '[', ')' => '(', '}' when braces => '{', _ => '\0' };
            if (mark != '\0' && Replaced(buffer.Written, mark, dotsOnly, out var keep) is var with and not '\0')
            {
                buffer.Truncate(keep);
                buffer.Append(with);
            }
            else
            {
                buffer.Append(c);
            }
        }
        var undone = new string(buffer.Written);
        buffer.Dispose();
        return undone;
    }

    /// <summary>
    /// Cuts at the last <c>@</c> (also <c>[@]</c>) or, where there is none, at the last <c>[at]</c> or <c>(at)</c>.
    /// False if there is neither; <paramref name="marked"/> tells that it was a mark.
    /// </summary>
    public static bool TryCutAtSign(
        ReadOnlySpan<char> text, out ReadOnlySpan<char> left, out ReadOnlySpan<char> right, out bool marked)
    {
        var at = text.LastIndexOf('@');
        marked = at < 0 || (at > 0 && at + 1 < text.Length && text[at - 1] == '[' && text[at + 1] == ']');
        var start = at;
        var length = 1;
        if (at < 0)
        {
            start = Math.Max(LastMark(text, "[at]"), LastMark(text, "(at)"));
            length = 4;
        }
        else if (marked)
        {
            start = at - 1;
            length = 3;
        }
        left = start < 0 ? default : text[..start];
        right = start < 0 ? text : text[(start + length)..];
        marked &= start >= 0;
        return start >= 0;
    }

    private static int LastMark(ReadOnlySpan<char> text, string mark) =>
        text.LastIndexOf(mark, StringComparison.OrdinalIgnoreCase);

    private static char Replaced(ReadOnlySpan<char> written, char open, bool dotsOnly, out int keep)
    {
        keep = Math.Max(0, written.Length - 2);
        if (written.Length >= 2 && written[^2] == open && written[^1] == '.') return '.';
        if (dotsOnly) return '\0';
        if (written.Length >= 2 && open == '[' && written[^2] == open && written[^1] == ':') return ':';
        keep = Math.Max(0, written.Length - 4);
        var isWord = written.Length >= 4 && written[^4] == open
            && written[^3..].Equals("dot", StringComparison.OrdinalIgnoreCase);
        return isWord ? '.' : '\0';
    }
}
