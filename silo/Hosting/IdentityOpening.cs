using System.Security.Cryptography;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Silo.Identity;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Opens the development identities and writes the organisations' tokens, or says why that cannot be.</summary>
internal static class IdentityOpening
{
    public static DevelopmentIdentities Open(NodeOptions options, IEnumerable<Home> homes, PolicyHistory policy, TimeProvider time)
    {
        DevelopmentIdentities? identities = null;
        try
        {
            identities = new(options.Data, homes, time);
            identities.WriteTokens(policy.Newest?.Organisations.Select(o => o.Id) ?? []);
            return identities;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or CryptographicException)
        {
            identities?.Dispose();
            throw new StartRefusedException($"The identities in {options.IdentityDirectory} cannot be used: {e.Message}", e);
        }
    }
}
