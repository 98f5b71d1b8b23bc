using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Tests.Unit.Store;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>The contract on the Redis store.</summary>
public sealed class RedisStoreTests(RedisProcess redis) : DropContract, IClassFixture<RedisProcess>
{
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await redis.Flush();
    }

    protected override async Task<IGridStore> Open() => await RedisStore.Open(redis.Options(Census));

    protected override async Task Close(IGridStore store) => await ((RedisStore)store).DisposeAsync();
}

/// <summary>The contract of the index of what was last seen, on the Redis store.</summary>
public sealed class RedisLastSeenTests(RedisProcess redis) : StoredLastSeenContract, IClassFixture<RedisProcess>
{
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await redis.Flush();
    }

    protected override async Task<IGridStore> Open() => await RedisStore.Open(redis.Options(new FragmentCensus()));
}
