using System.Globalization;
using System.Text;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// Texts that somebody's program chose and that are compared exactly: names of mutexes (case counts: CreateMutexW) and
/// the <c>User-Agent</c> of requests (RFC 9110, 10.1.5). NFC (UAX 15), nothing else: inner white space, case, and a
/// prefix such as <c>Global\</c> stay, and no mark is refanged.
/// </summary>
internal static class FreeTexts
{
    private static string TooLong { get; } = $"The text has at most {Bounds.FreeTextBytesMax} bytes of UTF-8.";

    public static Canonical Mutex(string text) => Of(ObservableType.Mutex, text);

    public static Canonical UserAgent(string text) => Of(ObservableType.UserAgent, text);

    private static Canonical Of(ObservableType type, string text)
    {
        if (!Ascii.IsValid(text))
        {
            foreach (var rune in text.EnumerateRunes())
            {
                if (!IsStable(rune)) return Canonical.Refuse("The text has a line separator or an unassigned character.");
            }
            var composed = text.Normalize(NormalizationForm.FormC);
            text = composed == text ? text : composed;
        }
        return System.Text.Encoding.UTF8.GetByteCount(text) > Bounds.FreeTextBytesMax
            ? Canonical.Refuse(TooLong)
            : Canonical.Of(type, text);
    }

    // What Unicode has not assigned yet may get another normal form.
    private static bool IsStable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
