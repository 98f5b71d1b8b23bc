using System.Security.Cryptography;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Grains.Identity;

/// <summary>
/// Computes the keys of actors: HMAC-SHA256 of a subject's digest under the secret of its home, 160 bits of it in hex. Only a
/// silo that carries the home has the secret.
/// </summary>
public sealed class ActorKeyring(IReadOnlyDictionary<Home, byte[]> secrets)
{
    private const int KeyBytes = 20;

    /// <summary>The key of the actor of a subject in a home that this silo carries.</summary>
    public string KeyOf(Home home, in Digest subject)
    {
        Span<byte> digest = stackalloc byte[Digest.Size];
        subject.Write(digest);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secrets[home], digest, hash);
        return home.Code + "/" + Convert.ToHexStringLower(hash[..KeyBytes]);
    }
}
