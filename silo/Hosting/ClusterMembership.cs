using CrossBorderSoc.Silo.Settings;
using Orleans.Configuration;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Who keeps the list of nodes, and how soon one that does not answer is struck off it.</summary>
internal static class ClusterMembership
{
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlowProbe = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    /// <summary>Adds membership: a dead node is found within 3 s, a silent one within 12 s.</summary>
    public static void AddMembership(this ISiloBuilder silo, ClusterSettings cluster)
    {
        switch (cluster.Membership)
        {
            case Membership.Single:
                silo.UseDevelopmentClustering(cluster.Advertised);
                break;
            case Membership.Development:
                silo.UseDevelopmentClustering(cluster.Primary!);
                break;
            case Membership.Redis:
                silo.UseRedisClustering(o => o.ConfigurationOptions = RedisConnection.Parse(cluster.Redis!));
                break;
            default:
                throw new InvalidOperationException($"BUG: membership {cluster.Membership}.");
        }
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            (o.ProbeTimeout, o.MaxProbeTimeout, o.IAmAliveTablePublishTimeout) = (Probe, SlowProbe, SignOfLife);
            (o.NumMissedProbesLimit, o.NumVotesForDeathDeclaration) = (2, 2);
            // One that was silent and is struck off learns it from the list alone: no other silo speaks with it any more.
            o.TableRefreshTimeout = SignOfLife;
        });
    }
}
