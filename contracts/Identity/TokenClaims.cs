namespace CrossBorderSoc.Contracts.Identity;

/// <summary>What the grid reads in a token, beside <c>iss</c>, <c>aud</c> and <c>exp</c> (RFC 7519).</summary>
public static class TokenClaims
{
    /// <summary>The audience (<c>aud</c>) of every token.</summary>
    public const string Audience = "crossbordersoc";

    /// <summary>The issuer (<c>iss</c>) of development tokens.</summary>
    public const string DevelopmentIssuer = "crossbordersoc-development";

    /// <summary>Claim: identifier of the caller's organisation.</summary>
    public const string Organisation = "org";

    /// <summary>Claim: <c>NAME@ORGANISATION</c>, in a person's own calls only.</summary>
    public const string Person = "person";

    /// <summary>
    /// Claim: the home whose own key signed an internal call (releases, recovery); never with <see
    /// cref="Organisation"/>.
    /// </summary>
    public const string Home = "home";

    /// <summary>Claim of a node that carries no home, signed by the gateways' own key; never with another of these.</summary>
    public const string Gateway = "gateway";
}
