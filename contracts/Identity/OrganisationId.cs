using System.Buffers;

namespace CrossBorderSoc.Contracts.Identity;

/// <summary>
/// The syntax of an organisation's identifier: 1 to 128 characters of <c>[a-z0-9._-]</c>, beginning with a letter or
/// digit.
/// </summary>
public static class OrganisationId
{
    /// <summary>Most characters.</summary>
    public const int CharsMax = 128;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>
    /// Whether a text is one. No identifier is a path: there is no slash in it, and it never begins with a dot.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= CharsMax && char.IsAsciiLetterOrDigit(text[0]) && !text.ContainsAnyExcept(Allowed);
}
