namespace CrossBorderSoc.Contracts.Identity;

/// <summary>
/// Who calls, as a verified token says: an organisation (and perhaps one of its persons), or a home, or a gateway that carries no
/// home; never two of them.
/// </summary>
/// <param name="Organisation">Identifier of the organisation, or null.</param>
/// <param name="Person"><c>NAME@ORGANISATION</c> in that person's own call, else null.</param>
/// <param name="Home">The home whose own key signed, or null.</param>
/// <param name="ExpiresAt">From this instant the token is worth nothing.</param>
public sealed record VerifiedCaller(string? Organisation, string? Person, Home? Home, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether a gateway speaks for itself: it may have the policy, and nothing else.</summary>
    public bool IsGateway { get; init; }
}

/// <summary>Why a token is worth nothing. For the operator's metrics; a client gets one text for all of them.</summary>
public enum TokenRefusal
{
    /// <summary>It was not refused.</summary>
    None = 0,
    /// <summary>No token.</summary>
    Missing,
    /// <summary>Longer than <see cref="TokenVerifier.TokenCharsMax"/>.</summary>
    TooLong,
    /// <summary>Not a signed compact JWT, or with header parameters that must be understood and are not.</summary>
    Malformed,
    /// <summary>Signed by an unknown key, by another algorithm than ES256, or not at all.</summary>
    Signature,
    /// <summary>Of another issuer.</summary>
    Issuer,
    /// <summary>For another audience.</summary>
    Audience,
    /// <summary>Without an end, past it, or before its beginning.</summary>
    Lifetime,
    /// <summary>It names nobody, two at once, or somebody whom the signing key may not name.</summary>
    Claims,
}

/// <summary>What became of a token: a caller, or a reason.</summary>
/// <param name="Caller">The caller, or null.</param>
/// <param name="Refusal">Why there is none.</param>
public readonly record struct TokenVerdict(VerifiedCaller? Caller, TokenRefusal Refusal)
{
    internal static TokenVerdict Good(VerifiedCaller caller) => new(caller, TokenRefusal.None);

    internal static TokenVerdict Bad(TokenRefusal refusal) => new(null, refusal);
}
