using System.Security.Cryptography;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Silo.Identity;
using CrossBorderSoc.Silo.Settings;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Opens the development identities and writes the organisations' tokens, or says why that cannot be.</summary>
internal static class IdentityOpening
{
    /// <summary>Opens the identities of a node: makes them where it carries every home, else they were given.</summary>
    /// <param name="settings">The node.</param>
    /// <param name="policy">Names the organisations; null where the hub is elsewhere, and no token is written.</param>
    /// <param name="time">Tokens end relative to it.</param>
    public static DevelopmentIdentities Open(NodeSettings settings, PolicyHistory? policy, TimeProvider time)
    {
        DevelopmentIdentities? identities = null;
        try
        {
            identities = settings.CarriesAll
                ? DevelopmentIdentities.Make(settings.Identities, settings.Homes, time)
                : DevelopmentIdentities.Given(settings.Identities, settings.Homes, time);
            if (identities.IsIssuer) identities.WriteTokens(policy?.Newest?.Organisations.Select(o => o.Id) ?? []);
            return identities;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or CryptographicException)
        {
            identities?.Dispose();
            throw new StartRefusedException(Reason(settings, e), e);
        }
    }

    private static string Reason(NodeSettings settings, Exception failure)
    {
        var reason = $"The identities in {settings.Identities} cannot be used: {failure.Message}";
        return settings.CarriesAll ? reason
            : $"Identity:Directory: {reason} A node that does not carry every home is given its identities (command identities give).";
    }
}
