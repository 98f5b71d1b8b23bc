using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CrossBorderSoc.Silo.Identity;

/// <summary>A private P-256 key in a PEM file. Signs development tokens.</summary>
internal sealed class SigningKey : IDisposable
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly Lock _signing = new();
    private readonly ECDsa _key = ECDsa.Create();
    private readonly SigningCredentials _credentials;

    public SigningKey(string path, string keyId, bool isMadeWhenMissing)
    {
        KeyId = keyId;
        var pem = isMadeWhenMissing ? PrivateFiles.ReadOrCreate(path, NewKey) : PrivateFiles.Read(path);
        try
        {
            _key.ImportFromPem(pem);
        }
        catch (Exception damage) when (damage is ArgumentException or CryptographicException)
        {
            throw new InvalidDataException($"{path} is no PEM file of a P-256 private key.", damage);
        }
        // Two keys of one kid exist where tests open two data directories: no cache across them.
        _credentials = new(new ECDsaSecurityKey(_key) { KeyId = keyId }, SecurityAlgorithms.EcdsaSha256)
        {
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
    }

    public string KeyId { get; }

    /// <summary>Signs claims with an end.</summary>
    public string Sign(IDictionary<string, object> claims, string issuer, string audience, DateTimeOffset expires)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = _credentials,
        };
        lock (_signing) return Handler.CreateToken(token);
    }

    /// <summary>The public half (RFC 7517).</summary>
    public JsonObject ToJwk()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return new()
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["alg"] = "ES256",
            ["use"] = "sig",
            ["kid"] = KeyId,
            ["x"] = Base64UrlEncoder.Encode(point.X),
            ["y"] = Base64UrlEncoder.Encode(point.Y),
        };
    }

    public void Dispose() => _key.Dispose();

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }
}
