using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Placement;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>
/// Two silos that carry one jurisdiction, each convinced that its actors live with itself: every actor exists twice at once.
/// </summary>
public sealed class TwoActivationsTests
{
    private static readonly Observable Address = new(ObservableType.Ipv4Addr, "198.51.100.7");

    [Fact]
    public async Task TwoActivationsAtOnce_DoNotMatter()
    {
        var folder = Directory.CreateTempSubdirectory("socgrid-twice-").FullName;
        await using var store = TestGrid.OpenStoreAt(folder, "BE", "hub", "DE", "FR", "EU");
        await using var grid = await TestGrid.Start(Consortium.All, Consortium.Agreements,
            new("one", "BE", "hub", "DE", "FR", "EU") { Store = store, Change = PlaceAtHome },
            new("two", "BE", "hub", "DE", "FR", "EU") { Store = store, Change = PlaceAtHome });
        for (var i = 1; i <= 25; i++)
        {
            await grid.Push(i % 2 == 0 ? "one" : "two", Consortium.Be.Id, "BE", new TestSighting(i, Tlp.Green, Address));
            var (one, two) = (await grid.View("one", Consortium.Be, Address), await grid.View("two", Consortium.Be, Address));
            one.ShouldBe(two);
            one.TalliesByKind.Single().Tally.Count.ShouldBe(i);
        }
        await grid.ReleasesCaughtUp();
        (await grid.View("one", Consortium.Fr, Address)).ShouldBe(await grid.View("two", Consortium.Fr, Address));
        (await grid.View("one", Consortium.Fr, Address)).TalliesByKind.Single().Tally.Count.ShouldBe(25);
        await ThereWereTwo(grid);
        Directory.Exists(folder).ShouldBeTrue();
    }

    // The promise is worth nothing if the two activations never were.
    private static async Task ThereWereTwo(TestGrid grid)
    {
        var statistics = await grid.Actors("one").GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        statistics.Where(s => s.GrainType.Contains("NationalIndicator", StringComparison.OrdinalIgnoreCase))
            .GroupBy(s => s.GrainId).ShouldContain(g => g.Select(s => s.SiloAddress).Distinct().Count() == 2);
    }

    private static void PlaceAtHome(ISiloBuilder silo) =>
        silo.Services.AddPlacementDirector<CarriedPlacement, OwnSiloDirector>();

    private sealed class OwnSiloDirector : IPlacementDirector
    {
        public Task<SiloAddress> OnAddActivation(
            PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
            Task.FromResult(context.LocalSilo);
    }
}
