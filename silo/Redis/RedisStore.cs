using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Redis.Commit;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>
/// The store of a node in a cluster: per home a Redis server (or cluster), shared with the other nodes that carry the home. Each may
/// write at any time; positions are the server's. Design, section 6; docs/redis.md.
/// </summary>
public sealed class RedisStore : IGridStore, IAsyncDisposable
{
    private readonly List<RedisLink> _links = [];
    private readonly Dictionary<Home, Carried> _homes = [];
    private int _disposed;

    private RedisStore()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<Home> Homes => _homes.Keys;

    /// <inheritdoc/>
    public IHomeStore this[Home home] => _homes.TryGetValue(home, out var carried)
        ? carried.Store
        : throw new ArgumentException($"This node does not carry {home}.", nameof(home));

    /// <summary>
    /// Connects to the servers and checks them. Throws <see cref="StoreRefusedException"/> when one must not hold a ledger, with the setting
    /// that is wrong, and <see cref="StoreUnavailableException"/> when one cannot be reached.
    /// </summary>
    public static async Task<RedisStore> Open(RedisStoreOptions options)
    {
        var store = new RedisStore();
        try
        {
            var board = new OutageBoard(options.OnOutage);
            foreach (var homes in options.Servers.GroupBy(each => each.Value, each => each.Key))
            {
                var link = await RedisLink.Open(homes.Key, options);
                store._links.Add(link);
                foreach (var home in homes) await store.Carry(home, link, options, board);
            }

            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Commits what is queued, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await Task.WhenAll(_homes.Values.Select(carried => carried.Committer.DisposeAsync().AsTask()));
        var closed = new StoreUnavailableException("The store is closed.");
        foreach (var carried in _homes.Values) carried.Ledger.Close(closed);
        foreach (var link in _links) await link.DisposeAsync();
    }

    private async Task Carry(Home home, RedisLink link, RedisStoreOptions options, OutageBoard board)
    {
        var ledger = new RedisLedger(home, link, options);
        try
        {
            await ledger.Open();
            await ledger.Follow();
        }
        catch (Exception e) when (RedisErrors.IsRedis(e) || e is InvalidDataException)
        {
            throw RedisErrors.Told(e, link.Server);
        }

        var committer = new RedisCommitter(ledger, board);
        _homes.Add(home, new(ledger, committer, new RedisHomeStore(ledger, committer)));
    }

    private sealed record Carried(RedisLedger Ledger, RedisCommitter Committer, RedisHomeStore Store);
}
