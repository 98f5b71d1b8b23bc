using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Errors;

namespace CrossBorderSoc.Gateway.Listing;

/// <summary>
/// Where a page ended: the place of something that the caller was shown, and a digest of what was asked for. Made of nothing
/// else, so it tells nothing else, and in other hands it is a place like any.
/// </summary>
internal static class ListToken
{
    private const byte Version = 1;
    private const int AskedBytes = 8;
    private const int HourAt = 1 + AskedBytes;
    private const int TypeAt = HourAt + sizeof(long);

    /// <summary>The token of the page behind a place.</summary>
    /// <param name="next">The place; null for the end, whose token is empty.</param>
    /// <param name="asked">What was asked for, without page and token.</param>
    public static string Of(LastSeenPlace? next, ReadOnlySpan<byte> asked)
    {
        if (next is not { } place) return "";
        var text = Encoding.UTF8.GetBytes(place.Observable.Text);
        var bytes = new byte[TypeAt + 1 + text.Length];
        bytes[0] = Version;
        DigestOf(asked).CopyTo(bytes.AsSpan(1));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(HourAt), place.Hour);
        bytes[TypeAt] = (byte)place.Observable.Type;
        text.CopyTo(bytes.AsSpan(TypeAt + 1));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The place of a token; INVALID_ARGUMENT for one that was not given for what is asked for.</summary>
    public static LastSeenPlace? Read(string token, ReadOnlySpan<byte> asked)
    {
        if (token.Length == 0) return null;
        try
        {
            var bytes = Base64Url.DecodeFromChars(token);
            if (bytes.Length > TypeAt && bytes[0] == Version && bytes.AsSpan(1, AskedBytes).SequenceEqual(DigestOf(asked)))
                return new(
                    BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(HourAt)),
                    new((ObservableType)bytes[TypeAt], Encoding.UTF8.GetString(bytes.AsSpan(TypeAt + 1))));
        }
        catch (FormatException)
        {
            // Said below.
        }
        throw Refused.Field(
            "page_token", "INVALID_PAGE_TOKEN", "The token is none of this list with these filters. Start with the first page.");
    }

    private static ReadOnlySpan<byte> DigestOf(ReadOnlySpan<byte> asked) => SHA256.HashData(asked).AsSpan(0, AskedBytes);
}
