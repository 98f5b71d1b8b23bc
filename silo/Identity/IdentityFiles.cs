using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Identity;

namespace CrossBorderSoc.Silo.Identity;

/// <summary>Where identities lie in their directory.</summary>
/// <param name="Root">The directory.</param>
internal sealed record IdentityFiles(string Root)
{
    /// <summary>The public keys of everybody: every node needs it.</summary>
    public string Jwks => Path.Combine(Root, "jwks.json");

    /// <summary>The key that signs organisations' tokens: the hub's node needs it, to write them.</summary>
    public string IssuerKey => Key("issuer");

    /// <summary>The key of gateways that carry no home: only these need it.</summary>
    public string GatewayKey => Key(VerificationKeys.GatewayKeyId);

    /// <summary>The organisations' tokens.</summary>
    public string Tokens => Path.Combine(Root, "tokens");

    /// <summary>Private keys.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>Secrets of homes.</summary>
    public string Secrets => Path.Combine(Root, "secrets");

    /// <summary>A home's own key: a node that carries the home needs it.</summary>
    public string KeyOf(Home home) => Key(VerificationKeys.KeyIdOf(home));

    /// <summary>A home's secret for keyed hashes: a node that carries the home needs it.</summary>
    public string SecretOf(Home home) => Path.Combine(Secrets, home.Code + ".hmac");

    /// <summary>What a node needs that carries some homes.</summary>
    public IEnumerable<string> NeededFor(IReadOnlyCollection<Home> homes) =>
    [
        Jwks, .. homes.Select(KeyOf), .. homes.Select(SecretOf),
        .. homes.Contains(Home.Hub) ? [IssuerKey] : Array.Empty<string>(),
        .. homes.Count == 0 ? [GatewayKey] : Array.Empty<string>(),
    ];

    private string Key(string id) => Path.Combine(Keys, id + ".pem");
}
