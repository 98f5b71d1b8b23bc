using System.Net;
using System.Net.Sockets;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Changes;
using CrossBorderSoc.Grains.Consortium;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Evidence;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using CrossBorderSoc.Grains.Releases;
using CrossBorderSoc.Silo.Identity;
using CrossBorderSoc.Silo.Placement;
using Orleans.Configuration;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Sets up one silo of the grid. One node with every home and many nodes with few run this same code.</summary>
internal static class SiloSetup
{
    private static readonly TimeSpan IdleActorsGoAfter = TimeSpan.FromMinutes(2);

    /// <summary>Adds the silo: membership, placement by home, and the filters that stand before every actor.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="homes">The homes that it carries.</param>
    /// <param name="node">Its name within the cluster.</param>
    /// <param name="own">Where it listens.</param>
    /// <param name="primary">Where the first silo of the cluster listens.</param>
    public static void AddGridSilo(
        this ISiloBuilder silo, IEnumerable<Home> homes, string node, IPEndPoint own, IPEndPoint primary)
    {
        silo.UseDevelopmentClustering(primary);
        silo.Configure<EndpointOptions>(o =>
        {
            (o.AdvertisedIPAddress, o.SiloPort, o.SiloListeningEndpoint) = (own.Address, own.Port, own);
            // There are no Orleans clients outside the cluster.
            o.GatewayPort = 0;
        });
        silo.Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = ("crossbordersoc", "crossbordersoc"));
        silo.Configure<SiloOptions>(o => o.SiloName = CarriedHomes.SiloName(homes, node));
        silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = IdleActorsGoAfter);
        silo.AddCarriedPlacement();
        silo.AddIncomingGrainCallFilter<CallerFilter>().AddIncomingGrainCallFilter<UndecidableFilter>();
    }

    /// <summary>Adds what actors and their background work need.</summary>
    public static void AddGridDomain(
        this IServiceCollection services, IGridStore store, DevelopmentIdentities identities, CompartmentCache compartments,
        TimeProvider time)
    {
        services.AddSingleton(time).AddSingleton(store).AddSingleton(compartments);
        services.AddSingleton(identities.CreateVerifier()).AddSingleton<IHomeTokens>(new HomeTokens(identities));
        services.AddSingleton(new ActorKeyring(store.Homes.ToDictionary(h => h, h => identities.SecretOf(h).ToArray())));
        services.AddSingleton(new ClearanceCache()).AddSingleton<CallerDirectory>();
        services.AddSingleton<Subjects>().AddSingleton<EvidenceReader>().AddSingleton<ReleaseLag>();
        services.AddSingleton<LastSeenReader>().AddSingleton<LastSeenLag>().AddSingleton<ChangeReader>();
        services.AddSingleton<PolicyReplica>().AddSingleton<IPolicyReplica>(s => s.GetRequiredService<PolicyReplica>());
        services.AddHostedService(s => s.GetRequiredService<PolicyReplica>());
        services.AddHostedService<Releaser>().AddHostedService<SnapshotWriter>().AddHostedService<LastSeenIndexer>();
    }

    /// <summary>An endpoint on loopback that is free now.</summary>
    public static IPEndPoint FreeEndpoint()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
