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

    private const byte Subject = 0;
    private const byte Incident = 1;

    /// <summary>The key of the actor of a subject in a home that this silo carries.</summary>
    public string KeyOf(Home home, in Digest subject) => KeyOf(home, subject, Subject);

    /// <summary>The key of the incident that an observable names. Partners are told of it, of no other key.</summary>
    public string IncidentKeyOf(in Digest observable) => KeyOf(Home.Hub, observable, Incident);

    /// <summary>The keyed hash in that key: 20 bytes.</summary>
    public byte[] IncidentHashOf(in Digest observable) => HashOf(Home.Hub, observable, Incident);

    /// <summary>Seals a cursor; at the hub only.</summary>
    public byte[] SealCursor(ReadOnlySpan<byte> content) => CursorSeal.Seal(secrets[Home.Hub], content);

    /// <summary>The content of a cursor that was sealed here, or null; at the hub only.</summary>
    public byte[]? OpenCursor(ReadOnlySpan<byte> cursor) => CursorSeal.Open(secrets[Home.Hub], cursor);

    private string KeyOf(Home home, in Digest subject, byte purpose) =>
        home.Code + "/" + Convert.ToHexStringLower(HashOf(home, subject, purpose));

    private byte[] HashOf(Home home, in Digest subject, byte purpose)
    {
        Span<byte> hashed = stackalloc byte[Digest.Size + 1];
        subject.Write(hashed);
        hashed[^1] = purpose;
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secrets[home], hashed, hash);
        return hash[..KeyBytes].ToArray();
    }
}
