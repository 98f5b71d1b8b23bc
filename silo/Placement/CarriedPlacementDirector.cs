using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Placement;
using Orleans.Runtime.Placement;

namespace CrossBorderSoc.Silo.Placement;

/// <summary>
/// Rendezvous hashing over the compatible silos that carry the key's home: every silo computes the same one, without a
/// directory, and a silo that comes or goes moves only its own share.
/// </summary>
internal sealed class CarriedPlacementDirector(SiloNames silos) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var key = target.GrainIdentity.Key.ToString()!;
        var home = ActorKeys.HomeOf(key);
        var hash = target.GrainIdentity.GetUniformHashCode();
        SiloAddress? best = null;
        var highest = 0UL;
        foreach (var silo in context.GetCompatibleSilos(target))
        {
            if (!silos.TryGet(silo, out var name) || !CarriedHomes.Carries(name, home)) continue;
            var weight = Weight(hash, (uint)silo.GetConsistentHashCode());
            if (best is not null && (weight < highest || (weight == highest && silo.CompareTo(best) > 0))) continue;
            (best, highest) = (silo, weight);
        }
        return best is null ? throw new OrleansException($"No live silo carries {home}.") : Task.FromResult(best);
    }

    // The finaliser of SplitMix64: every bit of key and silo reaches every bit of the weight.
    private static ulong Weight(uint key, uint silo)
    {
        var x = (((ulong)key << 32) | silo) + 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
