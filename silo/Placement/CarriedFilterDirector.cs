using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Placement;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace CrossBorderSoc.Silo.Placement;

/// <summary>Keeps the silos that carry the key's home.</summary>
internal sealed class CarriedFilterDirector(SiloNames silos) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silosToFilter)
    {
        var key = target.GrainIdentity.Key.ToString()!;
        return silosToFilter.Where(silo =>
            silos.TryGet(silo, out var name) && CarriedHomes.Carries(name, ActorKeys.HomeOf(key)));
    }
}
