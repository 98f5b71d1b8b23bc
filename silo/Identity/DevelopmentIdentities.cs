using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Identity;

namespace CrossBorderSoc.Silo.Identity;

/// <summary>
/// The identities of a development grid, in a directory (<c>DATA/dev</c>): one key of the caller issuer, one of each home and one of
/// gateways (<c>keys/</c>), a secret of each home for keyed hashes (<c>secrets/</c>), the public keys (<c>jwks.json</c>) and a
/// token for each organisation (<c>tokens/</c>). Keys are made once and never leave the directory by themselves, so its tokens are
/// worth nothing in any other. Everything is readable by the node's own user only. A node of several is given the part of it that its
/// homes need (<see cref="IdentityGift"/>), and makes none.
/// </summary>
public sealed class DevelopmentIdentities : IDisposable
{
    /// <summary>How long a token written for an organisation is valid.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(365);

    /// <summary>How long a node's own token is valid; a new one is made at half of it.</summary>
    public static readonly TimeSpan HomeTokenLifetime = TimeSpan.FromHours(1);

    private const int SecretBytes = 32;

    private readonly TimeProvider _time;
    private readonly IdentityFiles _files;
    private readonly SigningKey? _issuer;
    private readonly SigningKey? _gateway;
    private readonly Dictionary<Home, SigningKey> _homes = [];
    private readonly Dictionary<Home, byte[]> _secrets = [];
    private readonly ConcurrentDictionary<string, (CallerToken Token, DateTimeOffset RenewAt)> _own = new(StringComparer.Ordinal);

    /// <summary>Opens the identities of a data directory and makes what is missing.</summary>
    /// <param name="dataDirectory">The grid's data directory.</param>
    /// <param name="homes">The homes that have a key and a secret: the jurisdictions and the hub.</param>
    /// <param name="time">Tokens end relative to it.</param>
    /// <exception cref="InvalidDataException">A file that is there holds something else.</exception>
    public DevelopmentIdentities(string dataDirectory, IEnumerable<Home> homes, TimeProvider time)
        : this(new IdentityFiles(Path.Combine(dataDirectory, "dev")), [.. homes], time, isMaker: true)
    {
    }

    private DevelopmentIdentities(IdentityFiles files, Home[] homes, TimeProvider time, bool isMaker)
    {
        (_files, _time) = (files, time);
        Array.ForEach(homes, Check);
        if (isMaker)
            foreach (var directory in (string[])[files.Root, files.Keys, files.Secrets, files.Tokens]) PrivateFiles.Directory(directory);
        // Given ones: the issuer's key is there on a node that writes tokens, that of gateways on a gateway.
        if (isMaker || File.Exists(files.IssuerKey)) _issuer = new(files.IssuerKey, "issuer", isMaker);
        if (isMaker || homes.Length == 0) _gateway = new(files.GatewayKey, VerificationKeys.GatewayKeyId, isMaker);
        foreach (var home in homes)
        {
            _homes.Add(home, new(files.KeyOf(home), VerificationKeys.KeyIdOf(home), isMaker));
            _secrets.Add(home, ReadSecret(files.SecretOf(home), isMaker));
        }
        Jwks = isMaker ? PublicKeys() : PrivateFiles.Read(files.Jwks);
        if (isMaker) PrivateFiles.Replace(files.Jwks, Jwks);
        else CheckGiven();
    }

    /// <summary>Opens the identities of a directory and makes what is missing.</summary>
    /// <param name="directory">The directory of identities.</param>
    /// <param name="homes">The homes that have a key and a secret.</param>
    /// <param name="time">Tokens end relative to it.</param>
    /// <exception cref="InvalidDataException">A file that is there holds something else.</exception>
    public static DevelopmentIdentities Make(string directory, IEnumerable<Home> homes, TimeProvider time) =>
        new(new IdentityFiles(directory), [.. homes], time, isMaker: true);

    /// <summary>
    /// Opens identities that were made elsewhere, and reads of them what a node needs: everybody's public keys; keys and secrets of the
    /// homes that it carries, no others; the gateways' key when it carries none; the issuer's key where it is there.
    /// </summary>
    /// <param name="directory">The directory of identities.</param>
    /// <param name="homes">The homes that the node carries.</param>
    /// <param name="time">Tokens end relative to it.</param>
    /// <exception cref="InvalidDataException">A file is missing, holds something else, or is not of these public keys.</exception>
    public static DevelopmentIdentities Given(string directory, IEnumerable<Home> homes, TimeProvider time) =>
        new(new IdentityFiles(directory), [.. homes], time, isMaker: false);

    /// <summary>The public keys as a JSON Web Key Set.</summary>
    public string Jwks { get; }

    /// <summary>A verifier of these identities' tokens.</summary>
    public TokenVerifier CreateVerifier() => new(TokenClaims.DevelopmentIssuer, VerificationKeys.FromJwks(Jwks), _time);

    /// <summary>The secret under which a home hashes its actors' keys; 32 bytes.</summary>
    public ReadOnlyMemory<byte> SecretOf(Home home) => _secrets[home];

    /// <summary>Whether tokens can be made for organisations: the issuer's key is here.</summary>
    public bool IsIssuer => _issuer is not null;

    /// <summary>A token for an organisation.</summary>
    /// <exception cref="ArgumentException">It is no identifier of an organisation.</exception>
    public CallerToken ForOrganisation(string organisation) =>
        Sign(Issuer, TokenLifetime, (TokenClaims.Organisation, Checked(organisation)));

    /// <summary>A token for a person of an organisation, <c>NAME@ORGANISATION</c>.</summary>
    /// <exception cref="ArgumentException">It is no person.</exception>
    public CallerToken ForPerson(string person) => Sign(
        Issuer, TokenLifetime, (TokenClaims.Organisation, Checked(person[(person.LastIndexOf('@') + 1)..])),
        (TokenClaims.Person, person));

    /// <summary>A home's own token, for calls inside the grid; the same one until half of its life is over.</summary>
    public CallerToken ForHome(Home home) => Own(_homes[home], TokenClaims.Home, home.Code);

    /// <summary>The token of a gateway that carries no home; as <see cref="ForHome"/>.</summary>
    public CallerToken ForGateway() => Own(
        _gateway ?? throw new InvalidOperationException("BUG: the key of gateways is not here."), TokenClaims.Gateway, "gateway");

    /// <summary>Writes <c>tokens/ID.jwt</c> anew for each organisation.</summary>
    /// <exception cref="ArgumentException">One of them is no identifier: a name never becomes a path.</exception>
    public void WriteTokens(IEnumerable<string> organisations)
    {
        PrivateFiles.Directory(_files.Tokens);
        foreach (var organisation in organisations)
        {
            var path = Path.Combine(_files.Tokens, Checked(organisation) + ".jwt");
            PrivateFiles.Replace(path, ForOrganisation(organisation).Text);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _issuer?.Dispose();
        _gateway?.Dispose();
        foreach (var key in _homes.Values) key.Dispose();
    }

    private SigningKey Issuer => _issuer ?? throw new InvalidOperationException("BUG: the issuer's key is not here.");

    private string PublicKeys() => new JsonObject
    {
        ["keys"] = new JsonArray([_issuer!.ToJwk(), _gateway!.ToJwk(), .. _homes.Values.Select(key => key.ToJwk())]),
    }.ToJsonString();

    // A key that others do not know would be refused by them, call by call; here it is named.
    private void CheckGiven()
    {
        var verifier = CreateVerifier();
        foreach (var home in _homes.Keys) Expect(verifier.Verify(ForHome(home)), _files.KeyOf(home));
        if (_gateway is not null) Expect(verifier.Verify(ForGateway()), _files.GatewayKey);
        if (_issuer is not null) Expect(verifier.Verify(ForOrganisation("organisation")), _files.IssuerKey);

        void Expect(TokenVerdict verdict, string file)
        {
            if (verdict.Caller is null) throw new InvalidDataException($"{file} is not the key whose public half {_files.Jwks} holds.");
        }
    }

    private CallerToken Own(SigningKey key, string claim, string value)
    {
        var now = _time.GetUtcNow();
        if (_own.TryGetValue(key.KeyId, out var held) && now < held.RenewAt) return held.Token;
        var token = Sign(key, HomeTokenLifetime, (claim, value));
        _own[key.KeyId] = (token, now + HomeTokenLifetime / 2);
        return token;
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

    private static void Check(Home home)
    {
        if (!OrganisationId.IsValid(home.Code.ToLowerInvariant())) throw new ArgumentException("No home.", nameof(home));
    }

    private static byte[] ReadSecret(string path, bool isMaker)
    {
        var text = isMaker
            ? PrivateFiles.ReadOrCreate(path, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)))
            : PrivateFiles.Read(path);
        var secret = new byte[SecretBytes + 2];
        if (!Convert.TryFromBase64String(text.Trim(), secret, out var length) || length != SecretBytes)
            throw new InvalidDataException($"{path} does not hold {SecretBytes} bytes in base64.");
        return secret[..SecretBytes];
    }
}
