using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrossBorderSoc.Contracts.Identity;
using Microsoft.IdentityModel.Tokens;

namespace CrossBorderSoc.Tests.Unit.Identity;

/// <summary>Makes tokens part by part, wrong ones too, without the library that verifies them.</summary>
internal static class TokenForge
{
    public static readonly DateTimeOffset Start = new(2026, 8, 23, 0, 0, 0, TimeSpan.Zero);

    public static Dictionary<string, object?> Claims(params (string Name, object? Value)[] others)
    {
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = TokenClaims.DevelopmentIssuer,
            ["aud"] = TokenClaims.Audience,
            ["exp"] = Start.AddHours(1).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in others)
        {
            if (value is null) claims.Remove(name);
            else claims[name] = value;
        }
        return claims;
    }

    public static CallerToken Es256(ECDsa key, string? keyId, Dictionary<string, object?> claims, string extraHeader =
        "") =>
        WithHeader(
            key, $$"""{"alg":"ES256"{{(keyId is null ? "" : $",\"kid\":\"{keyId}\"")}}{{extraHeader}}}""", claims);

    public static CallerToken WithHeader(ECDsa key, string header, Dictionary<string, object?> claims)
    {
        var text = Part(header) + "." + Part(JsonSerializer.Serialize(claims));
        return new(text + "." + Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes(text),
            HashAlgorithmName.SHA256)));
    }

    public static CallerToken Hs256(byte[] secret, string keyId, Dictionary<string, object?> claims)
    {
        var text = Part($$"""{"alg":"HS256","kid":"{{keyId}}"}""") + "." + Part(JsonSerializer.Serialize(claims));
        return new(text + "." + Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text))));
    }

    public static CallerToken Unsigned(string algorithm, Dictionary<string, object?> claims) =>
        new(Part($$"""{"alg":"{{algorithm}}","kid":"issuer"}""") + "." + Part(JsonSerializer.Serialize(claims)) + ".");

    public static VerificationKeys Keys(params (string KeyId, ECDsa Key)[] keys) => VerificationKeys.FromJwks(
        JsonSerializer.Serialize(new
        {
            keys = keys.Select(k =>
            {
                var point = k.Key.ExportParameters(false).Q;
                return new
                {
                    kty = "EC",
                    crv = "P-256",
                    kid = k.KeyId,
                    x = Base64UrlEncoder.Encode(point.X),
                    y =
                        Base64UrlEncoder.Encode(point.Y),
                };
            }),
        }));

    private static string Part(string json) => Base64UrlEncoder.Encode(json);
}
