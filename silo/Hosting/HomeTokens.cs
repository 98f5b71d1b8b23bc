using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Silo.Identity;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Tokens of the carried homes, and of a node that carries none, from the development keys.</summary>
internal sealed class HomeTokens(DevelopmentIdentities identities, IReadOnlyCollection<Home> homes) : IHomeTokens
{
    public CallerToken OfNode => homes.Count > 0 ? TokenOf(homes.First()) : identities.ForGateway();

    public CallerToken TokenOf(Home home) => identities.ForHome(home);
}
