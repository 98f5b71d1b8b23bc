using CrossBorderSoc.Grains.Placement;
using CrossBorderSoc.Silo.Peers;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Runtime.Hosting;

namespace CrossBorderSoc.Silo.Placement;

/// <summary>Registers placement by home: on every silo, since it is the caller's side that places.</summary>
public static class CarriedPlacementSetup
{
    /// <summary>
    /// Addresses of actors a silo remembers, asleep ones included (Orleans keeps a removed one, 200-odd bytes, until newer ones
    /// push it out). Only a shortcut: placement finds the same silo again.
    /// </summary>
    private const int RememberedAddresses = 20_000;

    /// <summary>Adds director, filter and guarding directory.</summary>
    public static ISiloBuilder AddCarriedPlacement(this ISiloBuilder silo)
    {
        silo.AddGrainDirectory(
            CarriedDirectoryName.Value, (services, _) => new CarriedDirectory(services.GetRequiredService<ILocalSiloDetails>()));
        silo.Configure<GrainDirectoryOptions>(o => o.CacheSize = RememberedAddresses);
        silo.Services.AddSingleton<ConnectedPeers>().AddSingleton<RefusedDials>().AddSingleton<SiloNames>();
        silo.Services.AddPlacementDirector<CarriedPlacement, CarriedPlacementDirector>();
        silo.Services.AddPlacementFilter<CarriedFilter, CarriedFilterDirector>(ServiceLifetime.Singleton);
        return silo;
    }
}
