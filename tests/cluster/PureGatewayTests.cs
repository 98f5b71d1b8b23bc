using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>A silo that carries no home passes on, and holds nothing.</summary>
public sealed class PureGatewayTests : IAsyncLifetime
{
    private static readonly Observable Address = new(ObservableType.Ipv4Addr, "198.51.100.7");
    private TestGrid _grid = null!;

    public async ValueTask InitializeAsync() => _grid = await TestGrid.Start(
        Consortium.All, Consortium.Agreements, new("hub-0", "hub", "EU"), new("be-0", "BE", "DE", "FR"), new("gateway-0"));

    public ValueTask DisposeAsync() => _grid.DisposeAsync();

    [Fact]
    public async Task Gateway_PassesOn_AndHasNoActorOfOurs()
    {
        for (var i = 1; i <= 20; i++)
            (await _grid.Push("gateway-0", Consortium.Be.Id, "BE", new TestSighting(i, Tlp.Green, Address))).Accepted.ShouldBe(1);
        await _grid.ReleasesCaughtUp();
        (await _grid.View("gateway-0", Consortium.Be, Address)).TalliesByKind.Single().Tally.Count.ShouldBe(20);
        (await _grid.View("gateway-0", Consortium.Fr, Address)).TalliesByKind.Single().Tally.Count.ShouldBe(20);

        var services = _grid.Silos["gateway-0"].Services;
        services.GetRequiredService<IOptions<GrainTypeOptions>>().Value.Classes.ShouldNotContain(type => type.Assembly == typeof(Subjects).Assembly);
        services.GetServices<IHostedService>().ShouldNotContain(worker => worker is SnapshotWriter);
        var silo = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        (await _grid.Actors("hub-0").GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics())
            .ShouldNotContain(actor => actor.SiloAddress.Equals(silo) && actor.GrainId.Key.ToString()!.Contains('/', StringComparison.Ordinal));
    }

    [Fact]
    public async Task GatewaysToken_GetsThePolicyAndNothingElse()
    {
        var hub = _grid.Actors("gateway-0").GetGrain<IConsortium>(ActorKeys.Whole(Contracts.Home.Hub));
        (await hub.Current(_grid.GatewaysToken, 0)).History.ShouldNotBeNull();
        await Should.ThrowAsync<CallerRefusedException>(async () => await hub.Current(_grid.TokenOf(Consortium.Be.Id), 0));
        var releases = _grid.Actors("gateway-0").GetGrain<IReleases>(ActorKeys.ReleasesOf(new("BE")));
        await Should.ThrowAsync<CallerRefusedException>(async () => await releases.Applied(_grid.GatewaysToken));
        var door = _grid.Actors("gateway-0").GetGrain<IInquiry>(ActorKeys.Lane(new("BE"), 1));
        var question = _grid.Ask("gateway-0", Consortium.Be.Id) with { Token = _grid.GatewaysToken };
        await Should.ThrowAsync<CallerRefusedException>(async () => await door.Indicator(question, Address));
    }
}
