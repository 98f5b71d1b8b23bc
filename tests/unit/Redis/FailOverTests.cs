using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Tests.Unit.Store;
using Shouldly;
using StackExchange.Redis;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>A replica takes the place of its primary.</summary>
public sealed class FailOverTests : IAsyncLifetime
{
    private readonly RedisProcess _first = new();
    private readonly RedisProcess _second = new();
    private readonly ConcurrentQueue<Exception> _setBacks = [];

    public async ValueTask InitializeAsync()
    {
        await _first.Start();
        await _first.Ask("CONFIG", "SET", "repl-diskless-sync-delay", "0");
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task ReadsFromThePrimaryOfBefore_AreUnavailable_AndSetNothingBack()
    {
        await _second.Start();
        await using var proxy = new BreakingProxy(_first.Port);
        await using var store = await RedisStore.Open(_first.Options(new FragmentCensus(), proxy.Server) with { OnSetBack = _setBacks.Enqueue });
        var home = store[new("BE")];
        var identity = home.Identity;
        foreach (var i in Enumerable.Range(1, 3)) await home.Commit(Batch("a", Say(i, $"item {i}", "x")), default);
        await Replicate(head: 3);
        await _second.Ask("REPLICAOF", "NO", "ONE");
        // The connection that writes breaks and leads to the new primary, the one that reads stays.
        proxy.Target = _second.Port;
        proxy.KeepBack("moved-mark"u8.ToArray());
        (await home.Commit(Batch("a", Say(4, "moved-mark", "x")), default)).Position.ShouldBe(4);
        await Eventually.Holds(async () => await Rows(home) == 4, "reads come from the new primary");
        _setBacks.ShouldBeEmpty();
        home.Identity.ShouldBe(identity);
        await using var again = await RedisStore.Open(_second.Options(new FragmentCensus()));
        again[home.Home].Identity.ShouldBe(identity, "nothing was lost, so no epoch was opened");
    }

    [Fact]
    public async Task AWeakerReplica_PromotedBehindAStandingConnection_AcknowledgesNothing()
    {
        await _second.Start("--appendfsync", "everysec");
        await using (await RedisStore.Open(_first.Options(new FragmentCensus()))) await Replicate(head: 0);
        await using var store = await RedisStore.Open(_first.Options(new FragmentCensus(), $"{_first.Server},{_second.Server}"));
        var home = store[new("BE")];
        await home.Commit(Batch("a", Say(1, "item 1", "x")), default);
        await _second.Ask("REPLICAOF", "NO", "ONE");
        await _first.Ask("REPLICAOF", "127.0.0.1", _second.Port);
        var next = 2;
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    await home.Commit(Batch("a", Say(next++, "item", "x")), default);
                    return false;
                }
                catch (StoreUnavailableException e)
                {
                    return e.Message.Contains($"{_second.Server} cannot hold a ledger", StringComparison.Ordinal);
                }
            },
            "the new primary is refused");
    }

    private static async Task<int> Rows(IHomeStore home)
    {
        try
        {
            return (await home.ReadRows(SubjectFamily.Indicator, Subject("x"), 0, 10, default)).Count;
        }
        catch (StoreUnavailableException)
        {
            return 0;
        }
    }

    private async Task Replicate(long head)
    {
        await _second.Ask("REPLICAOF", "127.0.0.1", _first.Port);
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    return (long?)await _second.Ask("HGET", "{BE:0}:meta", "head") == head;
                }
                catch (RedisException)
                {
                    return false;
                }
            },
            "the replica has what the primary has");
    }
}
