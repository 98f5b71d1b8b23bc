using System.Collections.Immutable;
using System.Net;
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
using CrossBorderSoc.Silo.Settings;
using Orleans.Configuration;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Sets up one silo of the grid. One node with every home and many nodes with few run this same code.</summary>
internal static class SiloSetup
{
    private static readonly TimeSpan IdleActorsGoAfter = TimeSpan.FromMinutes(2);

    /// <summary>Adds the silo of a node: membership, placement by home, and the filters that stand before every actor.</summary>
    public static void AddGridSilo(this ISiloBuilder silo, NodeSettings node)
    {
        silo.AddMembership(node.Cluster);
        ImmutableArray<Home> embedded = [.. node.Stores.Where(store => store.Place.Embedded is not null).SelectMany(store => store.Homes)];
        if (node.Cluster.Membership != Membership.Single && !embedded.IsEmpty)
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
                services => ActivatorUtilities.CreateInstance<CarriedOnce>(services, embedded));
        silo.AddGridSilo(node.Homes, node.Name, node.Cluster.Silo, node.Cluster.Advertised);
    }

    /// <summary>Adds a silo of a cluster whose list of nodes the first one keeps, with Orleans' own patience.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="homes">The homes that it carries; none for a pure gateway.</param>
    /// <param name="node">Its name within the cluster.</param>
    /// <param name="own">Where it listens.</param>
    /// <param name="primary">Where the first silo of the cluster listens.</param>
    public static void AddDevelopmentSilo(
        this ISiloBuilder silo, IReadOnlyCollection<Home> homes, string node, IPEndPoint own, IPEndPoint primary)
    {
        silo.UseDevelopmentClustering(primary);
        silo.AddGridSilo(homes, node, own, own);
    }

    private static void AddGridSilo(
        this ISiloBuilder silo, IReadOnlyCollection<Home> homes, string node, IPEndPoint listen, IPEndPoint advertised)
    {
        silo.Configure<EndpointOptions>(o =>
        {
            (o.AdvertisedIPAddress, o.SiloPort, o.SiloListeningEndpoint) = (advertised.Address, advertised.Port, listen);
            // There are no Orleans clients outside the cluster.
            o.GatewayPort = 0;
        });
        // A pure gateway has no actor of ours, whatever another silo believes of it.
        if (homes.Count == 0)
            silo.Services.PostConfigure<GrainTypeOptions>(o => o.Classes.RemoveWhere(type => type.Assembly == typeof(Subjects).Assembly));
        silo.Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = ("crossbordersoc", "crossbordersoc"));
        silo.Configure<SiloOptions>(o => o.SiloName = CarriedHomes.SiloName(homes, node));
        silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = IdleActorsGoAfter);
        silo.AddCarriedPlacement();
        silo.AddIncomingGrainCallFilter<CallerFilter>().AddIncomingGrainCallFilter<UndecidableFilter>();
    }

    /// <summary>Adds what actors and their background work need; on a node that carries no home, what is left: the policy.</summary>
    public static void AddGridDomain(
        this IServiceCollection services, IGridStore store, DevelopmentIdentities identities, CompartmentCache compartments,
        TimeProvider time)
    {
        services.AddSingleton(time).AddSingleton(store);
        services.AddSingleton(identities.CreateVerifier()).AddSingleton<IHomeTokens>(new HomeTokens(identities, store.Homes));
        services.AddSingleton<ReleaseLag>().AddSingleton<SetBacks>().AddSingleton<LastSeenLag>();
        services.AddSingleton<PolicyReplica>().AddSingleton<IPolicyReplica>(s => s.GetRequiredService<PolicyReplica>());
        services.AddHostedService(s => s.GetRequiredService<PolicyReplica>());
        if (store.Homes.Count == 0) return;
        services.AddSingleton(compartments);
        services.AddSingleton(new ActorKeyring(store.Homes.ToDictionary(h => h, h => identities.SecretOf(h).ToArray())));
        services.AddSingleton(new ClearanceCache()).AddSingleton<CallerDirectory>();
        services.AddSingleton<Subjects>().AddSingleton<EvidenceReader>();
        services.AddSingleton<LastSeenReader>().AddSingleton<ChangeReader>();
        services.AddHostedService<Releaser>().AddHostedService<SnapshotWriter>().AddHostedService<LastSeenIndexer>();
    }

    /// <summary>An endpoint on loopback that is free now.</summary>
    public static IPEndPoint FreeEndpoint() => ClusterSettings.FreeOf(IPAddress.Loopback);
}
