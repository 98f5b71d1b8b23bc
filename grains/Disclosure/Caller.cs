namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>Who asks, from the verified token.</summary>
/// <param name="OrganisationId">The organisation's identifier.</param>
/// <param name="Person">The person's name without <c>@ORGANISATION</c> when the token names one, else null.</param>
public readonly record struct Caller(string OrganisationId, string? Person = null);
