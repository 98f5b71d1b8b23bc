using System.Collections.Concurrent;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Tests.Unit.Store;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>What changes at a server while a node runs, and what a server tells of others.</summary>
public sealed class ServerWatchTests : IAsyncLifetime
{
    private readonly RedisProcess _redis = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _notices = [];

    private RedisStoreOptions Options => _redis.Options(new FragmentCensus()) with { Time = _time, OnNotice = _notices.Enqueue };

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task SettingsWeakenedAtRunTime_AreNoticedWithinAMinute_AndHeal()
    {
        await _redis.Start();
        await using var store = await RedisStore.Open(Options);
        var home = store[new("BE")];
        await home.Commit(Batch("a", Say(1, "one")), default);
        await _redis.Ask("CONFIG", "SET", "appendfsync", "no");
        _time.Advance(TimeSpan.FromMinutes(1));
        var failure = await Should.ThrowAsync<StoreUnavailableException>(async () => await home.Commit(Batch("a", Say(2, "two")), default));
        failure.Message.ShouldContain("set appendfsync always");
        failure.CannotWrite.ShouldBeTrue();
        await _redis.Ask("CONFIG", "SET", "appendfsync", "always");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await home.Commit(Batch("a", Say(2, "two")), default)).Position.ShouldBe(2);
    }

    [Fact]
    public async Task WhatIsWeakButAccepted_IsSaidOnce()
    {
        await _redis.Start("--appendfsync", "everysec");
        await using var store = await RedisStore.Open(Options with { AcceptWeakDurability = WeakDurability.EverySecond });
        foreach (var i in Enumerable.Range(1, 3))
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await store[new("BE")].Commit(Batch("a", Say(i, "item")), default);
        }

        _notices.ShouldHaveSingleItem().ShouldContain("everysec");
    }

    [Fact]
    public async Task ClusterThatTellsOfAServerBeyondLoopback_IsRefusedWithoutTls()
    {
        await _redis.Start("--cluster-enabled", "yes");
        await _redis.Ask("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await _redis.Ask("CONFIG", "SET", "cluster-announce-ip", "192.0.2.1");
        var refusal = await Should.ThrowAsync<StoreRefusedException>(() => RedisStore.Open(Options));
        refusal.Message.ShouldContain("192.0.2.1");
        refusal.Message.ShouldContain("Set ssl=true");
    }
}
