using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CrossBorderSoc.Gateway.Consortium;

/// <summary>
/// Where a page ended: a digest of the list's name and the last entry's identifier. Of fixed length, and worth nothing
/// for another list, or where the caller does not see that entry.
/// </summary>
internal static class PageToken
{
    private const int Bytes = 18;

    /// <summary>The token of the page after an entry.</summary>
    public static string After(string list, string id) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(list + "\n" + id)).AsSpan(0, Bytes));
}
