using System.Text;

namespace CrossBorderSoc.Gateway.Intake;

/// <summary>What every text of a sighting must be: bounded in bytes of UTF-8, and without control characters.</summary>
internal static class Texts
{
    /// <summary>Checks a text of one line.</summary>
    public static Refusal Line(string text, int bytesMax, string field) =>
        text.Length == 0 ? default : Check(text, bytesMax, field, isFree: false);

    /// <summary>Checks a text that may have tabs and line feeds.</summary>
    public static Refusal Free(string text, int bytesMax, string field) =>
        text.Length == 0 ? default : Check(text, bytesMax, field, isFree: true);

    /// <summary>Whether a text is over a number of bytes of UTF-8.</summary>
    public static bool IsOver(string text, int bytesMax) =>
        text.Length > bytesMax || (text.Length > bytesMax / 3 && Encoding.UTF8.GetByteCount(text) > bytesMax);

    /// <summary>The longest beginning of at most so many bytes of UTF-8, whole characters only.</summary>
    public static string Cut(string text, int bytesMax)
    {
        if (!IsOver(text, bytesMax)) return text;
        var (bytes, kept) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > bytesMax) break;
            kept += rune.Utf16SequenceLength;
        }
        return text[..kept];
    }

    private static Refusal Check(string text, int bytesMax, string field, bool isFree)
    {
        if (IsOver(text, bytesMax)) return new(field, "TOO_LONG", $"At most {bytesMax} bytes of UTF-8 are allowed.");
        return HasControl(text, isFree)
            ? new(field, "CONTROL_CHARACTER", "Control characters are not allowed here.")
            : default;
    }

    private static bool HasControl(ReadOnlySpan<char> text, bool isFree)
    {
        // Most texts are printable ASCII, which one vectorised look tells.
        for (var at = text.IndexOfAnyExceptInRange(' ', '~'); at >= 0;)
        {
            var c = text[at];
            if (char.IsControl(c) && !(isFree && (c is '\n' or '\t'))) return true;
            text = text[(at + 1)..];
            at = text.IndexOfAnyExceptInRange(' ', '~');
        }
        return false;
    }
}
