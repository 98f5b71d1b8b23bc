using CrossBorderSoc.Contracts.Policy;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CrossBorderSoc.Contracts.Identity;

/// <summary>Whom the claims of a token with a good signature name, if the key that signed may name them.</summary>
internal static class CallerClaims
{
    /// <summary>The caller, or null when the claims do not fit together or the key may not make them.</summary>
    public static VerifiedCaller? Read(JsonWebToken token)
    {
        var organisation = Text(token, TokenClaims.Organisation);
        var person = Text(token, TokenClaims.Person);
        var home = Text(token, TokenClaims.Home);
        var gateway = Text(token, TokenClaims.Gateway);
        var expires = new DateTimeOffset(token.ValidTo, TimeSpan.Zero);
        if (gateway is not null || token.Kid == VerificationKeys.GatewayKeyId)
            return gateway is not null && token.Kid == VerificationKeys.GatewayKeyId && (organisation ?? person ?? home) is null
                ? new(null, null, null, expires) { IsGateway = true }
                : null;
        if (home is not null)
            return organisation is null && person is null && IsHome(home)
                && token.Kid == VerificationKeys.KeyIdOf(new(home))
                ? new(null, null, new Home(home), expires)
                : null;
        // The caller issuer's keys name organisations only, a home's key names that home only.
        if (organisation is null || VerificationKeys.IsHomeKey(token.Kid)
            || !OrganisationId.IsValid(organisation)) return null;
        return person is null || IsPersonOf(person, organisation) ? new(organisation, person, null, expires) : null;
    }

    /// <summary>Whether a text is <c>NAME@ORGANISATION</c> of an organisation.</summary>
    public static bool IsPersonOf(string person, string organisation) =>
        person.Length <= Bounds.RecipientBytesMax && person.LastIndexOf('@') is > 0 and var at
        && person.AsSpan(at + 1).SequenceEqual(organisation);

    private static bool IsHome(string code) => code == Home.Hub.Code || Jurisdictions.IsKnown(code);

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var text) ? text : null;
}
