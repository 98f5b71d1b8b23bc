using CrossBorderSoc.Grains.Placement;
using Orleans.Placement;
using Orleans.Runtime.Hosting;

namespace CrossBorderSoc.Silo.Placement;

/// <summary>Registers placement by home: on every silo, since it is the caller's side that places.</summary>
public static class CarriedPlacementSetup
{
    /// <summary>Adds director, filter and guarding directory.</summary>
    public static ISiloBuilder AddCarriedPlacement(this ISiloBuilder silo)
    {
        silo.AddGrainDirectory(
            CarriedDirectoryName.Value, (services, _) => new CarriedDirectory(services.GetRequiredService<ILocalSiloDetails>()));
        silo.Services.AddPlacementDirector<CarriedPlacement, CarriedPlacementDirector>();
        silo.Services.AddPlacementFilter<CarriedFilter, CarriedFilterDirector>(ServiceLifetime.Singleton);
        return silo;
    }
}
