using System.Buffers;
using System.Globalization;
using System.Text;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// E-mail addresses. The domain is canonical as a domain name. Of the local part, ASCII letters become lower case: RFC
/// 5321 lets a host tell <c>Info@</c> from <c>info@</c>, hosts do not, and two partners who saw one sender must meet.
/// No quoted local parts and no address literals: both have many spellings and no use.
/// </summary>
internal static class EmailAddresses
{
    private const int LocalBytesMax = 64;
    private const string Problem = "Not a local part, an at sign and a domain name.";

    // RFC 5322 "atext" and the dot, which mailboxes in use have in any place.
    private static readonly SearchValues<char> LowerAtext =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");

    public static Canonical Normalise(string text)
    {
        if (!Defang.TryCutAtSign(text, out var left, out var right, out _)) return Canonical.Refuse(Problem);
        var isPlain = !left.IsEmpty && left.Length <= LocalBytesMax && !left.ContainsAnyExcept(LowerAtext);
        if (isPlain && left.Length + 1 + right.Length == text.Length && DomainNames.IsCanonical(right))
            return Canonical.Of(ObservableType.EmailAddr, text);

        var local = Local(left);
        if (local is null) return Canonical.Refuse("The local part is empty, over 64 bytes, or needs quotes.");
        var domain = DomainNames.Canonicalise(new string(right), out var problem);
        if (domain is null) return Canonical.Refuse(problem!);
        var address = $"{local}@{domain}";
        return Canonical.Of(ObservableType.EmailAddr, address == text ? text : address);
    }

    private static string? Local(ReadOnlySpan<char> written)
    {
        // Braces are lawful here (RFC 5322), so they are no marks.
        var local = Defang.Undo(written, braces: false);
        foreach (var rune in local.EnumerateRunes())
        {
            if (!IsLocal(rune)) return null;
        }
        // After the check: it throws for code points that are no characters.
        // Twice, since a lower-case letter may have a composed form with its mark that the upper-case one lacks.
        local = Ascii.IsValid(local)
            ? Lower(local)
            : Lower(local.Normalize(NormalizationForm.FormC)).Normalize(NormalizationForm.FormC);
        return local.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(local) > LocalBytesMax ? null : local;
    }

    private static string Lower(string local) => string.Create(local.Length, local, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
    });

    private static bool IsLocal(Rune rune)
    {
        if (rune.IsAscii) return LowerAtext.Contains((char)rune.Value) || char.IsAsciiLetterUpper((char)rune.Value);
        return Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);
    }
}
