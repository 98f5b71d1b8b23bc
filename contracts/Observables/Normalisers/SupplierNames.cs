using System.Globalization;
using System.Text;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// Names of suppliers, so that "Collins Aerospace" and "collins  aerospace" are one: NFC (UAX 15), white space as one
/// space, letters folded (Unicode's simple case folding, and "ss" for a sharp s, as its full folding has it). Accents,
/// punctuation and legal forms stay: no text tells whether "Acme" and "Acme GmbH" are one company, and a join that is
/// wrong accuses somebody.
/// </summary>
internal static class SupplierNames
{
    private static string TooLong { get; } = $"A supplier's name has at most {Bounds.SupplierBytesMax} bytes of UTF-8.";

    public static Canonical Normalise(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsOfNames(rune)) return Canonical.Refuse("A supplier's name has an invisible or unassigned character.");
        }
        // Folding composes: a lower-case letter may have a composed form with its mark that the upper-case one lacks.
        var name = Fold(Spaced(text.Normalize(NormalizationForm.FormC))).Normalize(NormalizationForm.FormC);
        if (System.Text.Encoding.UTF8.GetByteCount(name) > Bounds.SupplierBytesMax) return Canonical.Refuse(TooLong);
        return Canonical.Of(ObservableType.Supplier, name == text ? text : name);
    }

    private static string Spaced(string text)
    {
        var buffer = new TextBuffer(stackalloc char[256]);
        foreach (var c in text)
        {
            var isSpace = char.IsWhiteSpace(c);
            if (!isSpace) buffer.Append(c);
            else if (buffer.Length > 0 && buffer.Written[^1] != ' ') buffer.Append(' ');
        }
        var spaced = buffer.ToString(text);
        buffer.Dispose();
        return spaced;
    }

    // By way of upper case, since some letters have two lower-case ones: the two sigmas, the micro sign and mu.
    private static string Fold(string text) => text.ToUpperInvariant().ToLowerInvariant()
        .Replace("ß", "ss", StringComparison.Ordinal);

    private static bool IsOfNames(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);
}
