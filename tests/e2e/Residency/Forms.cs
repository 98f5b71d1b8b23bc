using System.Security.Cryptography;
using System.Text;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>What a text, an identifier or an unkeyed hash looks like wherever it may be found.</summary>
internal static class Forms
{
    // What is cut off a hash is still a hash: 16 bytes of it are looked for.
    private const int HashBytes = 16;

    /// <summary>A text of ASCII letters: as it is and in capitals, and its bytes in base64 and hex, all of it in UTF-8 and UTF-16.</summary>
    public static IEnumerable<Form> OfText(string text) =>
        [.. Written("text", text), .. Written("capitals", text.ToUpperInvariant()), .. OfBytes("text", Encoding.UTF8.GetBytes(text))];

    /// <summary>A UUID: as text, and as its bytes in either order.</summary>
    public static IEnumerable<Form> OfId(Guid id) =>
    [
        .. OfText(id.ToString()),
        .. Raw("bytes", id.ToByteArray(bigEndian: true)), .. Raw("little-endian bytes", id.ToByteArray(bigEndian: false)),
    ];

    /// <summary>The hashes of an observable that anybody can compute, as a key of an actor could be without a secret.</summary>
    public static IEnumerable<Form> OfHashes(in Observable observable) =>
        [.. OfDigest(Digest.Of(observable)), .. Raw("hash of the text", SHA256.HashData(Encoding.UTF8.GetBytes(observable.Text)))];

    /// <summary>The hashes of an asset that anybody can compute.</summary>
    public static IEnumerable<Form> OfAssetHashes(string owner, string asset) => OfDigest(Digest.OfAsset(owner, asset));

    private static IEnumerable<Form> OfDigest(Digest digest)
    {
        // As a keyed hash is computed, with its purpose behind the digest, but without the key.
        var bytes = new byte[Digest.Size + 1];
        digest.Write(bytes);
        for (byte purpose = 0; purpose < 2; purpose++)
        {
            bytes[^1] = purpose;
            foreach (var form in Raw("hash of the digest", SHA256.HashData(bytes))) yield return form;
        }
        foreach (var form in Raw("digest", bytes[..Digest.Size])) yield return form;
    }

    private static IEnumerable<Form> Raw(string name, byte[] bytes)
    {
        var some = bytes[..HashBytes];
        return [new(name, some), .. OfBytes(name, some)];
    }

    private static IEnumerable<Form> OfBytes(string name, byte[] bytes)
    {
        foreach (var form in Written(name + " in hex", Convert.ToHexStringLower(bytes))) yield return form;
        foreach (var form in Written(name + " in HEX", Convert.ToHexString(bytes))) yield return form;
        for (var offset = 0; offset < 3; offset++)
        {
            var base64 = AtOffset(bytes, offset);
            foreach (var form in Written($"{name} in base64, offset {offset}", base64)) yield return form;
            var url = base64.Replace('+', '-').Replace('/', '_');
            if (url == base64) continue;
            foreach (var form in Written($"{name} in base64url, offset {offset}", url)) yield return form;
        }
    }

    // What is the same whatever stands before and behind.
    private static string AtOffset(byte[] bytes, int offset)
    {
        var base64 = Convert.ToBase64String([.. new byte[offset], .. bytes]);
        return base64[((offset * 8 + 5) / 6)..((offset + bytes.Length) * 8 / 6)];
    }

    private static IEnumerable<Form> Written(string name, string text) =>
        [new(name, Encoding.UTF8.GetBytes(text)), new(name + " in UTF-16", Encoding.Unicode.GetBytes(text))];
}
