using System.Net;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Indicators;
using CrossBorderSoc.Grains.Placement;
using CrossBorderSoc.Silo.Placement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>
/// A member of the cluster that carries nothing and goes wrong: it calls Belgium's actors where they have no business, and asks every silo for
/// the actors that it hosts, as any member may.
/// </summary>
internal sealed class MisplacingSilo : IAsyncDisposable
{
    private static readonly string Name = CarriedHomes.SiloName([], "wrong-0");
    private static readonly Observable Unheard = new(ObservableType.DomainName, "unheard.example");

    private readonly IHost _host;
    private readonly Aim _aim;

    private MisplacingSilo(IHost host, Aim aim) => (_host, _aim) = (host, aim);

    private IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    private IManagementGrain Management => Grains.GetGrain<IManagementGrain>(0);

    /// <summary>Joins a cluster of which the endpoint keeps the list of nodes.</summary>
    public static async Task<MisplacingSilo> Join(string primary)
    {
        var (aim, own) = (new Aim(), IPEndPoint.Parse(NodeAddresses.FreeEndpoint()));
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseDevelopmentClustering(IPEndPoint.Parse(primary)).AddCarriedPlacement();
            silo.Configure<EndpointOptions>(o => (o.AdvertisedIPAddress, o.SiloPort, o.GatewayPort) = (own.Address, own.Port, 0));
            silo.Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = ("crossbordersoc", "crossbordersoc"));
            silo.Configure<SiloOptions>(o => o.SiloName = Name);
            silo.Services.PostConfigure<GrainTypeOptions>(o => o.Classes.RemoveWhere(type => type.Assembly == typeof(IndicatorGrain).Assembly));
            silo.Services.AddSingleton(aim).AddPlacementDirector<CarriedPlacement, Misplacing>();
        });
        var host = builder.Build();
        await host.StartAsync();
        return new(host, aim);
    }

    /// <summary>Calls an actor of Belgium, each time another, at each silo but Belgium's; gives how many answered nothing, as they must.</summary>
    public async Task<int> CallBelgiumElsewhere()
    {
        var refused = 0;
        foreach (var (silo, name) in await Silos())
        {
            if (name == Name || name.Contains("BE", StringComparison.Ordinal)) continue;
            // Where an actor was found is remembered for a while.
            (_aim.At, var key) = (silo, "BE/" + Guid.NewGuid().ToString("n") + "00000000");
            try
            {
                await Grains.GetGrain<INationalIndicator>(key).Disclose(new(new("none"), 0), Unheard);
            }
            catch (Exception)
            {
                refused++;
            }
        }
        return refused;
    }

    /// <summary>Every actor of ours, as the silo that hosts it tells: the silo's name and the actor's type and key.</summary>
    public async Task<IReadOnlyList<(string Silo, string Actor)>> Actors()
    {
        var hosted = await Management.GetDetailedGrainStatistics();
        var names = await Silos();
        return
        [
            .. hosted.Where(each => each.GrainId.Key.ToString()!.Contains('/', StringComparison.Ordinal))
                .Select(each => (names[each.SiloAddress], each.GrainId.ToString())),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task<Dictionary<SiloAddress, string>> Silos() => (await Management.GetDetailedHosts(onlyActive: true))
        .ToDictionary(each => each.SiloAddress, each => each.SiloName);

    private sealed class Aim
    {
        public SiloAddress? At { get; set; }
    }

    private sealed class Misplacing(Aim aim) : IPlacementDirector
    {
        public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
            Task.FromResult(aim.At!);
    }
}
