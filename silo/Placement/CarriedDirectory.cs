using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Placement;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Silo.Placement;

/// <summary>
/// The grain directory that remembers nothing and guards. Every look-up answers "not there", so placement decides each time and
/// alike everywhere; a registration is accepted only on a silo that carries the home, which a wrong or hostile caller's
/// placement cannot change. Two activations of one actor may therefore exist for a moment; actors are built so that it does
/// not matter.
/// </summary>
internal sealed class CarriedDirectory(ILocalSiloDetails silo) : IGrainDirectory
{
    public Task<GrainAddress?> Register(GrainAddress address)
    {
        var key = address.GrainId.Key.ToString()!;
        return CarriedHomes.Carries(silo.Name, ActorKeys.HomeOf(key))
            ? Task.FromResult<GrainAddress?>(address)
            : throw new InvalidOperationException($"This silo does not carry {ActorKeys.HomeOf(key)}.");
    }

    public Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress) => Register(address);

    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult<GrainAddress?>(null);

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}
