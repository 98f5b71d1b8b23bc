using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Tests.Unit.Store;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>A server that would lose or drop what it holds is refused, with what to set, unless that was named.</summary>
public sealed class ServerChecksTests(RedisProcess redis) : IClassFixture<RedisProcess>, IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _notices = [];

    private RedisStoreOptions Options => redis.Options(new FragmentCensus()) with { OnNotice = _notices.Enqueue };

    public async ValueTask InitializeAsync()
    {
        foreach (var (setting, usual) in new[]
        {
            ("appendonly", "yes"), ("appendfsync", "always"), ("no-appendfsync-on-rewrite", "no"), ("maxmemory-policy", "noeviction"),
        }) await redis.Ask("CONFIG", "SET", setting, usual);
        // Switched on again, it keeps nothing before that.
        await Eventually.Holds(
            async () => ((string)(await redis.Ask("INFO", "persistence"))!) is var told
                && told.Contains("aof_rewrite_in_progress:0", StringComparison.Ordinal)
                && told.Contains("aof_rewrite_scheduled:0", StringComparison.Ordinal),
            "the append-only file is written");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Open_SoundServer_SaysNothing()
    {
        await using var store = await RedisStore.Open(Options);
        _notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("appendonly", "no", "appendonly yes", WeakDurability.Memory, false)]
    [InlineData("appendfsync", "everysec", "appendfsync always", WeakDurability.EverySecond, false)]
    [InlineData("appendfsync", "no", "appendfsync always", WeakDurability.Memory, false)]
    [InlineData("no-appendfsync-on-rewrite", "yes", "no-appendfsync-on-rewrite no", WeakDurability.Memory, false)]
    [InlineData("maxmemory-policy", "allkeys-lru", "maxmemory-policy noeviction", WeakDurability.None, true)]
    public async Task Open_WeakServer_IsRefused_UnlessNamed(
        string setting, string value, string advice, WeakDurability accepted, bool eviction)
    {
        await redis.Ask("CONFIG", "SET", setting, value);
        var refusal = await Should.ThrowAsync<StoreRefusedException>(() => RedisStore.Open(Options));
        refusal.Message.ShouldContain(redis.Server);
        refusal.Message.ShouldContain(advice);
        if (accepted > WeakDurability.None)
            await Should.ThrowAsync<StoreRefusedException>(() => RedisStore.Open(Options with { AcceptWeakDurability = accepted - 1 }));
        await using var store = await RedisStore.Open(Options with { AcceptWeakDurability = accepted, AcceptEviction = eviction });
        _notices.ShouldContain(notice => notice.Contains(setting, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_Replica_IsRefused()
    {
        await redis.Ask("REPLICAOF", "127.0.0.1", "1");
        try
        {
            (await Should.ThrowAsync<StoreRefusedException>(() => RedisStore.Open(Options))).Message.ShouldContain("replica");
        }
        finally
        {
            await redis.Ask("REPLICAOF", "NO", "ONE");
        }
    }

    [Fact]
    public async Task Open_UserOfTheDocument_MayDoAllThatIsNeeded()
    {
        await redis.Ask("ACL", ["SETUSER", "be-silo", "on", ">secret", "~{BE:0}:*", "&{BE:0}:*", .. Permissions()]);
        await using var store = await RedisStore.Open(redis.Options(new FragmentCensus()) with
        {
            Servers = new Dictionary<Home, string> { [new("BE")] = redis.Server + ",user=be-silo,password=secret" },
            OnNotice = _notices.Enqueue,
        });
        var home = store[new("BE")];
        var position = (await home.Commit(Batch("acl", Say(7, "one", "acl")), default)).Position;
        await home.WriteDocument("acl", "1"u8.ToArray(), default);
        await home.WriteSnapshot(SubjectFamily.Asset, Subject("acl"), new(position, default), default);
        (await home.ReadRows(SubjectFamily.Indicator, Subject("acl"), 0, 10, default)).ShouldNotBeEmpty();
        (await home.LastSeen.ReadGroups(default)).ShouldBeEmpty();
        await home.RetireRecords(position, default);
        _notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_SettingsThatMayNotBeRead_SaysWhatCannotBeChecked()
    {
        await redis.Ask("ACL", ["SETUSER", "node", "on", ">secret", "~{*", "&{*", .. Permissions(), "-config|get"]);
        var server = redis.Server + ",user=node,password=secret";
        await using (var store = await RedisStore.Open(redis.Options(new FragmentCensus(), server) with { OnNotice = _notices.Enqueue }))
            (await store[new("BE")].Commit(Batch("acl", Say(1, "one")), default)).Position.ShouldBeGreaterThan(0);
        _notices.ShouldContain(notice => notice.StartsWith("appendfsync and no-appendfsync-on-rewrite cannot be checked", StringComparison.Ordinal));
        // What INFO tells is still looked at.
        await redis.Ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        (await Should.ThrowAsync<StoreRefusedException>(() => RedisStore.Open(redis.Options(new FragmentCensus(), server))))
            .Message.ShouldContain("noeviction");
    }

    [Fact]
    public async Task Open_NobodyThere_IsUnavailable_AndTellsNoPassword()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var failure = await Should.ThrowAsync<StoreUnavailableException>(() =>
            RedisStore.Open(redis.Options(new FragmentCensus(), $"127.0.0.1:{port},password=secret")));
        failure.Message.ShouldContain($"127.0.0.1:{port}");
        failure.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task Restart_AsAWeakerServer_AcknowledgesNothingMore()
    {
        await using var store = await RedisStore.Open(Options with { GiveUpAfter = TimeSpan.FromSeconds(20) });
        await store[new("BE")].Commit(Batch("restarted", Say(1, "one")), default);
        redis.Kill();
        await redis.Start("--appendfsync", "everysec");
        var failure = await Should.ThrowAsync<StoreUnavailableException>(async () =>
        {
            // A command may be through before the new connection is looked at; then the next is not.
            for (var i = 2; i < 50; i++) await store[new("BE")].Commit(Batch("restarted", Say(i, "item")), default);
        });
        failure.Message.ShouldContain("appendfsync always");
        failure.CannotWrite.ShouldBeTrue();
        await redis.Ask("CONFIG", "SET", "appendfsync", "always");
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    return (await store[new("BE")].Commit(Batch("restarted", Say(99, "healed")), default)).Fates.Length == 1;
                }
                catch (StoreUnavailableException)
                {
                    return false;
                }
            },
            "it acknowledges again");
    }

    // docs/redis.md says which.
    private static object[] Permissions()
    {
        var line = File.ReadLines(Path.Combine(House.Repository.Root, "docs", "redis.md"))
            .Single(each => each.StartsWith("ACL SETUSER", StringComparison.Ordinal));
        return [.. line[line.IndexOf("-@all", StringComparison.Ordinal)..].Split(' ')];
    }
}
