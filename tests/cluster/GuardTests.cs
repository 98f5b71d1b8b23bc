using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using CrossBorderSoc.Silo.Placement;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>
/// What a silo that goes wrong, or a gateway that was taken over, cannot do: have an actor where its home is not carried, or have
/// an actor answer about another's subject.
/// </summary>
public sealed class GuardTests : IAsyncLifetime
{
    private static readonly Observable Address = new(ObservableType.Ipv4Addr, "198.51.100.7");
    private static readonly Observable Domain = new(ObservableType.DomainName, "bad.example");
    private static readonly AssetStatement Asset = new("srv-1", "energy", "", "high", [], "");
    private TestGrid _grid = null!;

    // DE's silo believes that Belgium's actors live with itself.
    public async ValueTask InitializeAsync() => _grid = await TestGrid.Start(
        Consortium.All, Consortium.Agreements, new("hub-0", "hub", "EU"), new("be-0", "BE"),
        new("de-0", "DE", "FR") { Change = silo => silo.Services.AddPlacementDirector<CarriedPlacement, Misplacing>() });

    public ValueTask DisposeAsync() => _grid.DisposeAsync();

    [Fact]
    public async Task Actor_PlacedOnAForeignSilo_IsNeverThere()
    {
        var key = KeyIn("be-0", "BE", Digest.Of(Address));
        (await View("hub-0", key)).ShouldNotBeNull();
        await Should.ThrowAsync<Exception>(() => View("de-0", key));
        var german = KeyIn("de-0", "DE", Digest.Of(Address));
        (await View("de-0", german)).ShouldNotBeNull("the silo answers for what it carries");

        var statistics = await _grid.Actors("hub-0").GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        var silo = _grid.Silos["de-0"].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        var keys = statistics.Where(each => each.SiloAddress.Equals(silo)).Select(each => each.GrainId.Key.ToString()!).ToList();
        keys.ShouldContain(german);
        keys.ShouldNotContain(each => each.StartsWith("BE/", StringComparison.Ordinal));

        async Task<object> View(string node, string of) => await _grid.Actors(node).GetGrain<INationalIndicator>(of)
            .Disclose(_grid.Ask(node, Consortium.De.Id), Address);
    }

    [Fact]
    public async Task Actor_AskedAboutAnothersSubject_Refuses()
    {
        await _grid.Push("be-0", Consortium.Be.Id, "BE", new TestSighting(1, Tlp.Green, Address, Domain) { Asset = Asset });
        await _grid.ReleasesCaughtUp();
        var question = _grid.Ask("hub-0", Consortium.Be.Id);
        var national = _grid.Actors("hub-0").GetGrain<INationalIndicator>(KeyIn("be-0", "BE", Digest.Of(Address)));
        (await national.Disclose(question, Address)).View.IsEmpty.ShouldBeFalse();
        await Refused(async () => await national.Disclose(question, Domain));
        await Refused(async () => await national.Correlate(question, Domain));

        var indicator = _grid.Actors("be-0").GetGrain<IIndicator>(KeyIn("hub-0", "hub", Digest.Of(Address)));
        await indicator.Disclose(question, Address);
        await Refused(async () => await indicator.Disclose(question, Domain));
        await Refused(async () => await indicator.Correlate(question, Domain));

        var asset = _grid.Actors("hub-0").GetGrain<IAsset>(KeyIn("be-0", "BE", Digest.OfAsset(Consortium.Be.Id, Asset.Id)));
        (await asset.Disclose(question, new(Consortium.Be.Id, Asset.Id))).View.IsEmpty.ShouldBeFalse();
        await Refused(async () => await asset.Disclose(question, new(Consortium.Be.Id, "srv-2")));
        await Refused(async () => await asset.Disclose(question, new(Consortium.De.Id, Asset.Id)));

        var incident = _grid.Actors("be-0").GetGrain<IIncident>(
            Services("hub-0").GetRequiredService<Subjects>().IncidentKeyOf(Address));
        await Refused(async () => await incident.Keep(question, Domain));

        static Task Refused(Func<Task> call) => Should.ThrowAsync<CallerRefusedException>(call);
    }

    // As only a silo of the home can compute it.
    private string KeyIn(string node, string home, Digest subject) =>
        Services(node).GetRequiredService<Subjects>().KeyOf(new(home), subject);

    private IServiceProvider Services(string node) => _grid.Silos[node].Services;

    private sealed class Misplacing(SiloNames silos) : IPlacementDirector
    {
        private readonly CarriedPlacementDirector _right = new(silos);

        public Task<SiloAddress> OnAddActivation(
            PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
            target.GrainIdentity.Key.ToString()!.StartsWith("BE/", StringComparison.Ordinal)
                ? Task.FromResult(context.LocalSilo)
                : _right.OnAddActivation(strategy, target, context);
    }
}
