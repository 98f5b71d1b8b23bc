using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>Who asks, from the verified token, and through what the answer leaves the grid.</summary>
/// <param name="OrganisationId">The organisation's identifier.</param>
/// <param name="Person">The person's name without <c>@ORGANISATION</c> when the token names one, else null.</param>
/// <param name="Outlet">Through what the answer leaves.</param>
/// <param name="IsOwnOnly">Whether only what the organisation itself said is to be shown: of that no policy decides.</param>
public readonly record struct Caller(string OrganisationId, string? Person = null, Outlet Outlet = Outlet.Call, bool IsOwnOnly = false);
