using Orleans.Placement;
using Orleans.Runtime;

namespace CrossBorderSoc.Grains.Placement;

/// <summary>Places an actor by rendezvous hash over the live silos that carry its home (design, section 4).</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking]
public sealed class CarriedPlacement : PlacementStrategy;

/// <summary>Marks an actor that lives where its home is carried.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CarriedPlacementAttribute() : PlacementAttribute(new CarriedPlacement());

/// <summary>Keeps, for a stateless worker, only the silos that carry its home.</summary>
public sealed class CarriedFilter() : PlacementFilterStrategy(order: 0);

/// <summary>Marks a stateless worker that may run only where its home is carried.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CarriedFilterAttribute() : PlacementFilterAttribute(new CarriedFilter());

/// <summary>Name of the grain directory that remembers nothing and guards; see the silo.</summary>
public static class CarriedDirectoryName
{
    /// <summary>The name to register and to use.</summary>
    public const string Value = "carried";
}
