using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;

namespace CrossBorderSoc.Grains.Placement;

/// <summary>What an actor reads in its key.</summary>
internal static class KeyedGrain
{
    /// <summary>The home that the actor's key names.</summary>
    public static Home HomeOfKey(this Grain grain) => new(ActorKeys.HomeOf(grain.GetPrimaryKeyString()).ToString());
}
