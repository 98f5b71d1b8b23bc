using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>Places every actor on the silo that calls it, whatever that carries.</summary>
internal sealed class OwnSiloDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(context.LocalSilo);
}
