namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// One value of a CPE 2.3 formatted string in one form (NIST IR 7695, 5.3.2, figure 6-3, and the procedures of 6.2.2
/// and 6.2.3): letters lower case; hyphen, period and underscore bare; all other punctuation quoted by a backslash;
/// unquoted an asterisk or question marks, at either end.
/// </summary>
internal static class CpeValues
{
    private const string Wildcards = "In a CPE, * and ? stand unquoted at the ends of a value only, and not alone.";

    /// <summary>Appends the canonical value; else the problem in one sentence.</summary>
    public static string? Append(ReadOnlySpan<char> value, ref TextBuffer into)
    {
        if (value.IsEmpty) return "A value of a CPE 2.3 formatted string is empty.";
        if (value is "*" or "-")
        {
            into.Append(value);
            return null;
        }
        var start = into.Length;
        var lead = Specials(value);
        into.Append(value[..lead]);
        var body = value[lead..];
        while (!body.IsEmpty && body[0] is not ('*' or '?'))
        {
            var isQuoted = body[0] == '\\';
            if (isQuoted && (body.Length == 1 || char.IsAsciiLetterOrDigit(body[1])))
                return "In a CPE, a backslash stands before punctuation only.";
            var c = body[isQuoted ? 1 : 0];
            if (c is < '!' or > '~') return "A CPE has printable ASCII characters only, and no space.";
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_')) into.Append('\\');
            into.Append(char.ToLowerInvariant(c));
            body = body[(isQuoted ? 2 : 1)..];
        }
        if (into.Length == start + lead || Specials(body) != body.Length) return Wildcards;
        into.Append(body);
        // A value that is nothing but a quoted hyphen would be bound to what says "not applicable".
        return into.Written[start..] is "-" ? "In a CPE, a quoted hyphen is no value." : null;
    }

    // How many characters at the start are one asterisk or a run of question marks.
    private static int Specials(ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty && text[0] == '*') return 1;
        var end = text.IndexOfAnyExcept('?');
        return end < 0 ? text.Length : end;
    }
}
