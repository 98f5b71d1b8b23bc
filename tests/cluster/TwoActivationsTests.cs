using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using CrossBorderSoc.Silo.Embedded;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>
/// Two silos that carry one jurisdiction and the hub, each convinced that its actors live with itself: every actor exists twice at
/// once, on one store.
/// </summary>
public sealed class TwoActivationsTests
{
    // Past the number of rows at which an actor writes a snapshot, so that both write theirs.
    private const int Rows = 270;
    private static readonly Observable Address = new(ObservableType.Ipv4Addr, "198.51.100.7");
    private static readonly Observable Late = new(ObservableType.DomainName, "late.example");
    private static readonly AssetStatement Asset = new("srv-1", "energy", "", "high", [], "");

    [Fact]
    public async Task TwoActivationsAtOnce_DoNotMatter()
    {
        var folder = Directory.CreateTempSubdirectory("socgrid-twice-").FullName;
        await using (var store = TestGrid.OpenStoreAt(folder, "BE", "hub", "DE", "FR", "EU"))
        {
            await using var grid = await TestGrid.Start(Consortium.All, Consortium.Agreements,
                new("one", "BE", "hub", "DE", "FR", "EU") { Store = store, Change = PlaceAtHome },
                new("two", "BE", "hub", "DE", "FR", "EU") { Store = store, Change = PlaceAtHome });
            for (var i = 1; i <= Rows; i++)
            {
                await grid.Push(i % 2 == 0 ? "one" : "two", Consortium.Be.Id, "BE",
                    new TestSighting(i, Tlp.Green, Address, Late) { Asset = Asset });
                await grid.ReleasesCaughtUp();
                await BothSay(i, node => Count(grid, node, Consortium.Be, Address));
                await BothSay(i, node => Count(grid, node, Consortium.Fr, Address));
                await BothSay(i, async node => (await AssetView(grid, node)).TalliesByKind.Single().Tally.Count);
            }
            (await grid.View("one", Consortium.Fr, Address)).ShouldBe(await grid.View("two", Consortium.Fr, Address));
            (await AssetView(grid, "one")).ShouldBe(await AssetView(grid, "two"));
            await EachWasThereTwice(grid);
            await SnapshotsWereWritten(store);
            // Asked for the first time, when a snapshot of the other activation is there.
            await BothSay(Rows, node => Count(grid, node, Consortium.Be, Late));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task BothSay(long expected, Func<string, Task<long>> ask) =>
        (await Task.WhenAll(ask("one"), ask("two"))).ShouldBe([expected, expected]);

    private static async Task<long> Count(TestGrid grid, string node, Contracts.Policy.Organisation asker, Observable observable) =>
        (await grid.View(node, asker, observable)).TalliesByKind.Single().Tally.Count;

    private static async Task<AssetView> AssetView(TestGrid grid, string node) =>
        (await grid.Actors(node).GetGrain<IInquiry>(ActorKeys.Lane(new("BE"), 3))
            .Asset(grid.Ask(node, Consortium.Be.Id), new(Consortium.Be.Id, Asset.Id))).View;

    // The promise is worth nothing if the two activations never were.
    private static async Task EachWasThereTwice(TestGrid grid)
    {
        var statistics = await grid.Actors("one").GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        var twice = statistics.GroupBy(each => each.GrainId).Where(actor => actor.Select(each => each.SiloAddress).Distinct().Count() == 2)
            .Select(actor => actor.Key.Type.ToString()).ToHashSet();
        foreach (var kind in new[] { "nationalindicator", "indicator", "asset" }) twice.ShouldContain(kind);
    }

    private static async Task SnapshotsWereWritten(EmbeddedStore store)
    {
        foreach (var (home, family, subject) in new[]
        {
            ("BE", SubjectFamily.Indicator, Digest.Of(Address)), ("hub", SubjectFamily.Indicator, Digest.Of(Address)),
            ("BE", SubjectFamily.Asset, Digest.OfAsset(Consortium.Be.Id, Asset.Id)),
        })
            (await store[new(home)].ReadSnapshot(family, subject, TestContext.Current.CancellationToken))
                .ShouldNotBeNull($"{family} in {home}").Position.ShouldBeInRange(256, Rows);
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
