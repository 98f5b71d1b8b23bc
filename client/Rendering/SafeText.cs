using System.Globalization;
using System.Text;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>
/// Makes text of others fit to print. A value may hold escape sequences that rewrite the screen, or marks that turn the
/// reading direction; each such character is shown as <c>\u{1B}</c>, so that nothing hides and nothing acts.
/// </summary>
public static class SafeText
{
    /// <summary>The text on one line, valid UTF-16 without any character that acts.</summary>
    /// <param name="text">Any text, also one that is no valid UTF-16.</param>
    public static string Of(string text) =>
        // A lone surrogate reads as U+FFFD, and is one only once it is written anew.
        text.EnumerateRunes().All(rune => IsPlain(rune) && rune != Rune.ReplacementChar) ? text : Escaped(text);

    private static string Escaped(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
            if (IsPlain(rune)) safe.Append(rune.ToString());
            else safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
        return safe.ToString();
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.OtherNotAssigned => false,
        // A no-break or wide space looks like the plain one and is not.
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        _ => true,
    };
}
