using System.Diagnostics.CodeAnalysis;
using CrossBorderSoc.Contracts;

namespace CrossBorderSoc.Grains.Incidents;

/// <summary>
/// Identifiers of incidents: <c>INC-</c> and the base32 text (RFC 4648, section 6) of the keyed hash in the actor's key. Two
/// analysts who see different parts of an incident can speak of it; nobody can make one of a value.
/// </summary>
public static class IncidentId
{
    private const string Prefix = "INC-";
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int HashBytes = 20;
    private const int Letters = HashBytes * 8 / 5;

    /// <summary>The identifier of the actor with a key.</summary>
    public static string OfKey(string key)
    {
        var hash = HashOf(key);
        return Prefix + string.Create(Letters, hash, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                var (at, shift) = Math.DivRem(i * 5, 8);
                var two = (bytes[at] << 8) | (at + 1 < bytes.Length ? bytes[at + 1] : 0);
                text[i] = Alphabet[(two >> (11 - shift)) & 31];
            }
        });
    }

    /// <summary>The keyed hash in an actor's key.</summary>
    public static byte[] HashOf(string key) => Convert.FromHexString(key.AsSpan(key.IndexOf('/') + 1));

    /// <summary>The key of a home's actor with an identifier; false if the text is none.</summary>
    public static bool TryReadKey(string id, Home home, [NotNullWhen(true)] out string? key)
    {
        key = null;
        if (id.Length != Prefix.Length + Letters || !id.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var hash = new byte[HashBytes];
        for (var i = 0; i < Letters; i++)
        {
            var five = Alphabet.IndexOf(id[Prefix.Length + i], StringComparison.Ordinal);
            if (five < 0) return false;
            var (at, shift) = Math.DivRem(i * 5, 8);
            var two = five << (11 - shift);
            hash[at] |= (byte)(two >> 8);
            if (at + 1 < HashBytes) hash[at + 1] |= (byte)two;
        }
        key = home.Code + "/" + Convert.ToHexStringLower(hash);
        return true;
    }
}
