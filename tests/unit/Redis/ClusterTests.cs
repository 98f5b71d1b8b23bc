using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Tests.Unit.Store;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>A Redis cluster of one server.</summary>
public sealed class RedisCluster : IAsyncLifetime
{
    /// <summary>Its server.</summary>
    public RedisProcess Redis { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Redis.Start("--cluster-enabled", "yes");
        await Redis.Ask("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await Eventually.Holds(
            async () => ((string)(await Redis.Ask("CLUSTER", "INFO"))!).Contains("cluster_state:ok", StringComparison.Ordinal), "the cluster stands");
    }

    public ValueTask DisposeAsync() => Redis.DisposeAsync();
}

/// <summary>The contract on a cluster: every key of a home is in one slot.</summary>
public sealed class ClusterTests(RedisCluster cluster) : DropContract, IClassFixture<RedisCluster>
{
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await cluster.Redis.Flush();
    }

    protected override async Task<IGridStore> Open() => await RedisStore.Open(cluster.Redis.Options(Census));

    protected override async Task Close(IGridStore store) => await ((RedisStore)store).DisposeAsync();
}
