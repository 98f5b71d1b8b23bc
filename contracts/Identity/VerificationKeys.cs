using System.Collections.Frozen;
using Microsoft.IdentityModel.Tokens;

namespace CrossBorderSoc.Contracts.Identity;

/// <summary>
/// The public keys that tokens are verified with, by <c>kid</c>. A key named <c>home-BE</c> speaks for the home BE and
/// nobody else, that named <c>gateway</c> for gateways only; every other one is the caller issuer's and speaks for organisations only.
/// </summary>
public sealed class VerificationKeys
{
    /// <summary>The <c>kid</c> of the key of gateways that carry no home.</summary>
    public const string GatewayKeyId = "gateway";

    private const string HomePrefix = "home-";

    private readonly FrozenDictionary<string, JsonWebKey> _keys;

    private VerificationKeys(IEnumerable<JsonWebKey> keys) =>
        _keys = keys.ToFrozenDictionary(k => k.Kid, StringComparer.Ordinal);

    /// <summary>The <c>kid</c> of a home's own key.</summary>
    public static string KeyIdOf(Home home) => HomePrefix + home.Code;

    /// <summary>Reads a JSON Web Key Set (RFC 7517) of P-256 public keys, each with a <c>kid</c> of its own.</summary>
    /// <exception cref="InvalidDataException">It is none, or holds another kind of key, a private one, or a <c>kid</c>
    /// twice.</exception>
    public static VerificationKeys FromJwks(string json)
    {
        try
        {
            var keys = new JsonWebKeySet(json).Keys;
            foreach (var key in keys) Check(key);
            return new(keys);
        }
        catch (ArgumentException damage)
        {
            throw new InvalidDataException("The key set is no JSON Web Key Set, or holds a kid twice.", damage);
        }
    }

    internal static bool IsHomeKey(string keyId) => keyId.StartsWith(HomePrefix, StringComparison.Ordinal);

    internal JsonWebKey? Find(string? keyId) => keyId is null ? null : _keys.GetValueOrDefault(keyId);

    private static void Check(JsonWebKey key)
    {
        if (key.Kty != JsonWebAlgorithmsKeyTypes.EllipticCurve || key.Crv != JsonWebKeyECTypes.P256
            || key.HasPrivateKey)
            throw new InvalidDataException("A key of the key set is no public P-256 key.");
        if (string.IsNullOrEmpty(key.Kid)) throw new InvalidDataException("A key of the key set has no kid.");
    }
}
