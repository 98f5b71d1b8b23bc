using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Errors;

namespace CrossBorderSoc.Gateway.Consortium;

/// <summary>One page of a sorted list, and the token of the next; empty at the end (AIP-158).</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">The token.</param>
internal sealed record Page<T>(IReadOnlyList<T> Entries, string Next);

/// <summary>Cuts pages out of lists that the caller may see.</summary>
internal static class Page
{
    private const int SizeUsual = 100;
    private const int SizeMax = 1_000;

    /// <summary>The page of a token; INVALID_ARGUMENT for a token that this list did not give.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> all, string list, Func<T, string> id, uint size, string token)
    {
        var most = Requests.Limit(size, SizeUsual, SizeMax, "page_size");
        var start = token.Length == 0 ? 0 : Find(all, list, id, token) + 1;
        var entries = all.Skip(start).Take(most).ToList();
        var isLast = start + entries.Count >= all.Count;
        return new(entries, isLast ? "" : PageToken.After(list, id(entries[^1])));
    }

    private static int Find<T>(IReadOnlyList<T> all, string list, Func<T, string> id, string token)
    {
        for (var i = 0; i < all.Count; i++)
            if (PageToken.After(list, id(all[i])) == token) return i;
        throw Refused.Field("page_token", "INVALID_PAGE_TOKEN",
            "The token is none of this list. Start with the first page.");
    }
}
