namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// Path, query and fragment of a URL. An empty query or fragment is kept: RFC 3986 does not equate it to none.
/// </summary>
internal static class UrlTail
{
    /// <summary>Whether a tail that begins with a slash needs no change; false may also mean: look closer.</summary>
    public static bool IsCanonical(ReadOnlySpan<char> tail)
    {
        var hash = tail.IndexOf('#');
        var fragment = hash < 0 ? default : tail[(hash + 1)..];
        var pathAndQuery = hash < 0 ? tail : tail[..hash];
        return !pathAndQuery.ContainsAnyExcept(Percent.Query) && !fragment.ContainsAnyExcept(Percent.Query)
            && pathAndQuery.IndexOf("/.") < 0 && tail.IndexOf('(') < 0;
    }

    /// <summary>
    /// Writes the canonical tail of a tail that is empty or begins with a slash, <c>?</c> or <c>#</c>.
    /// </summary>
    /// <param name="tail">As written.</param>
    /// <param name="isMarked">Whether the URL was defanged elsewhere, so that words in brackets are marks here,
    /// too.</param>
    /// <param name="into">What gets it.</param>
    public static void Write(ReadOnlySpan<char> tail, bool isMarked, ref TextBuffer into)
    {
        if (Defang.MayBeMarked(tail)) tail = Defang.Undo(tail, dotsOnly: !isMarked);
        var hash = tail.IndexOf('#');
        var fragment = hash < 0 ? default : tail[(hash + 1)..];
        if (hash >= 0) tail = tail[..hash];
        var question = tail.IndexOf('?');
        WritePath(question < 0 ? tail : tail[..question], ref into);
        if (question >= 0) WritePart('?', tail[(question + 1)..], ref into);
        if (hash >= 0) WritePart('#', fragment, ref into);
    }

    private static void WritePart(char first, ReadOnlySpan<char> part, ref TextBuffer into)
    {
        into.Append(first);
        var start = into.Length;
        Percent.Append(part, Percent.Query, ref into);
        UndoDecodedMarks(start, ref into);
    }

    private static void WritePath(ReadOnlySpan<char> path, ref TextBuffer into)
    {
        var start = into.Length;
        if (path.IsEmpty) into.Append('/');
        Percent.Append(path, Percent.Path, ref into);
        UndoDecodedMarks(start, ref into);
        RemoveDotSegments(start, ref into);
    }

    // Parentheses may stay in a URL, and decoding may make a mark of "(%2E)", which the next round would find.
    private static void UndoDecodedMarks(int start, ref TextBuffer into)
    {
        if (into.Written[start..].IndexOf("(.)") < 0) return;
        var undone = Defang.Undo(into.Written[start..], dotsOnly: true);
        into.Truncate(start);
        into.Append(undone);
    }

    // RFC 3986, 5.2.4, in place: what is written never overtakes what is read.
    private static void RemoveDotSegments(int start, ref TextBuffer into)
    {
        var path = into.Written[start..];
        if (path.IndexOf("/.") < 0) return;
        var written = 0;
        for (var at = 0; at < path.Length;)
        {
            var next = path[(at + 1)..].IndexOf('/');
            var end = next < 0 ? path.Length : at + 1 + next;
            var segment = path[at..end];
            var isLast = end == path.Length;
            at = end;
            if (segment is "/." or "/..")
            {
                if (segment.Length == 3) written = Math.Max(0, path[..written].LastIndexOf('/'));
                if (isLast) path[written++] = '/';
                continue;
            }
            segment.CopyTo(path[written..]);
            written += segment.Length;
        }
        into.Truncate(start + written);
    }
}
