using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Silo.Identity;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Tokens of the carried homes, from the development keys.</summary>
internal sealed class HomeTokens(DevelopmentIdentities identities) : IHomeTokens
{
    public CallerToken TokenOf(Home home) => identities.ForHome(home);
}
