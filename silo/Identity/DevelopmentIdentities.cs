using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Identity;

namespace CrossBorderSoc.Silo.Identity;

/// <summary>
/// The identities of a development grid, below <c>DATA/dev</c>: one key of the caller issuer and one of each home
/// (<c>keys/</c>), a secret of each home for keyed hashes (<c>secrets/</c>), the public keys (<c>jwks.json</c>) and a
/// token for each organisation (<c>tokens/</c>). Keys are made once and never leave the directory, so its tokens are
/// worth nothing in any other. Everything is readable by the node's own user only.
/// </summary>
public sealed class DevelopmentIdentities : IDisposable
{
    /// <summary>How long a token written for an organisation is valid.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(365);

    /// <summary>How long a home's own token is valid; a new one is made at half of it.</summary>
    public static readonly TimeSpan HomeTokenLifetime = TimeSpan.FromHours(1);

    private const int SecretBytes = 32;

    private readonly TimeProvider _time;
    private readonly string _tokens;
    private readonly SigningKey _issuer;
    private readonly Dictionary<Home, SigningKey> _homes = [];
    private readonly Dictionary<Home, byte[]> _secrets = [];
    private readonly ConcurrentDictionary<Home, (CallerToken Token, DateTimeOffset RenewAt)> _homeTokens = new();

    /// <summary>Opens the identities of a data directory and makes what is missing.</summary>
    /// <param name="dataDirectory">The grid's data directory.</param>
    /// <param name="homes">The homes that have a key and a secret: the jurisdictions and the hub.</param>
    /// <param name="time">Tokens end relative to it.</param>
    /// <exception cref="InvalidDataException">A file that is there holds something else.</exception>
    public DevelopmentIdentities(string dataDirectory, IEnumerable<Home> homes, TimeProvider time)
    {
        _time = time;
        var root = PrivateFiles.Directory(Path.Combine(dataDirectory, "dev"));
        var keys = PrivateFiles.Directory(Path.Combine(root, "keys"));
        var secrets = PrivateFiles.Directory(Path.Combine(root, "secrets"));
        _tokens = PrivateFiles.Directory(Path.Combine(root, "tokens"));
        _issuer = new(Path.Combine(keys, "issuer.pem"), "issuer");
        foreach (var home in homes)
        {
            if (!OrganisationId.IsValid(home.Code.ToLowerInvariant()))
                throw new ArgumentException("No home.", nameof(homes));
            var keyId = VerificationKeys.KeyIdOf(home);
            _homes.Add(home, new(Path.Combine(keys, keyId + ".pem"), keyId));
            _secrets.Add(home, ReadSecret(Path.Combine(secrets, home.Code + ".hmac")));
        }
        Jwks = new JsonObject
        {
            ["keys"] = new JsonArray([_issuer.ToJwk(), .. _homes.Values.Select(key => key.ToJwk())]),
        }.ToJsonString();
        PrivateFiles.Replace(Path.Combine(root, "jwks.json"), Jwks);
    }

    /// <summary>The public keys as a JSON Web Key Set.</summary>
    public string Jwks { get; }

    /// <summary>A verifier of these identities' tokens.</summary>
    public TokenVerifier CreateVerifier() => new(TokenClaims.DevelopmentIssuer, VerificationKeys.FromJwks(Jwks), _time);

    /// <summary>The secret under which a home hashes its actors' keys; 32 bytes.</summary>
    public ReadOnlyMemory<byte> SecretOf(Home home) => _secrets[home];

    /// <summary>A token for an organisation.</summary>
    /// <exception cref="ArgumentException">It is no identifier of an organisation.</exception>
    public CallerToken ForOrganisation(string organisation) =>
        Sign(_issuer, TokenLifetime, (TokenClaims.Organisation, Checked(organisation)));

    /// <summary>A token for a person of an organisation, <c>NAME@ORGANISATION</c>.</summary>
    /// <exception cref="ArgumentException">It is no person.</exception>
    public CallerToken ForPerson(string person) => Sign(
        _issuer, TokenLifetime, (TokenClaims.Organisation, Checked(person[(person.LastIndexOf('@') + 1)..])),
        (TokenClaims.Person, person));

    /// <summary>A home's own token, for calls inside the grid; the same one until half of its life is over.</summary>
    public CallerToken ForHome(Home home)
    {
        var now = _time.GetUtcNow();
        if (_homeTokens.TryGetValue(home, out var held) && now < held.RenewAt) return held.Token;
        var token = Sign(_homes[home], HomeTokenLifetime, (TokenClaims.Home, home.Code));
        _homeTokens[home] = (token, now + HomeTokenLifetime / 2);
        return token;
    }

    /// <summary>Writes <c>tokens/ID.jwt</c> anew for each organisation.</summary>
    /// <exception cref="ArgumentException">One of them is no identifier: a name never becomes a path.</exception>
    public void WriteTokens(IEnumerable<string> organisations)
    {
        foreach (var organisation in organisations)
        {
            var path = Path.Combine(_tokens, Checked(organisation) + ".jwt");
            PrivateFiles.Replace(path, ForOrganisation(organisation).Text);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _issuer.Dispose();
        foreach (var key in _homes.Values) key.Dispose();
    }

    private CallerToken Sign(SigningKey key, TimeSpan lifetime, params ReadOnlySpan<(string Name, string Value)> claims)
    {
        var content = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in claims) content[name] = value;
        return new(key.Sign(content, TokenClaims.DevelopmentIssuer, TokenClaims.Audience,
            _time.GetUtcNow() + lifetime));
    }

    private static string Checked(string organisation) => OrganisationId.IsValid(organisation)
        ? organisation
        : throw new ArgumentException("No identifier of an organisation.", nameof(organisation));

    private static byte[] ReadSecret(string path)
    {
        var text = PrivateFiles.ReadOrCreate(
            path, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)));
        var secret = new byte[SecretBytes + 2];
        if (!Convert.TryFromBase64String(text.Trim(), secret, out var length) || length != SecretBytes)
            throw new InvalidDataException($"{path} does not hold {SecretBytes} bytes in base64.");
        return secret[..SecretBytes];
    }
}
