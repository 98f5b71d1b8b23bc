using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Tests.Unit.Store;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>What a store says when its server is full, gone, or holds less than was acknowledged. Never: nothing there.</summary>
public sealed class LossTests(RedisProcess redis) : IClassFixture<RedisProcess>, IAsyncLifetime
{
    private static readonly Home Be = new("BE");

    private readonly ConcurrentQueue<string?> _outages = [];
    private readonly ConcurrentQueue<Exception> _setBacks = [];
    private RedisStore _store = null!;

    private IHomeStore Belgium => _store[Be];

    private RedisStoreOptions Options => redis.Options(new FragmentCensus()) with
    {
        GiveUpAfter = TimeSpan.Zero,
        OnOutage = _outages.Enqueue,
        OnSetBack = _setBacks.Enqueue,
        Tuning = new() { IdleAfter = TimeSpan.FromMilliseconds(50) },
    };

    public async ValueTask InitializeAsync()
    {
        await redis.Flush();
        _store = await RedisStore.Open(Options);
        foreach (var i in Enumerable.Range(1, 3)) await Belgium.Commit(Batch("a", Say(i, $"item {i}", "x")), default);
    }

    public async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task FullServer_RefusesWrites_SaysWhy_GoesOnReading_AndHeals()
    {
        await redis.Ask("CONFIG", "SET", "maxmemory", "1");
        try
        {
            var failure = await Should.ThrowAsync<StoreUnavailableException>(async () =>
                await Belgium.Commit(Batch("a", Say(4, "item 4", "x")), default));
            failure.CannotWrite.ShouldBeTrue();
            failure.Message.ShouldContain("OOM");
            (await Belgium.ReadRows(SubjectFamily.Indicator, Subject("x"), 0, 10, default)).Count.ShouldBe(3);
            _outages.ShouldHaveSingleItem().ShouldNotBeNull().ShouldContain("OOM");
        }
        finally
        {
            await redis.Ask("CONFIG", "SET", "maxmemory", "0");
        }

        await Eventually.Holds(() => _outages.Count == 2, "it says that it can write again");
        _outages.Last().ShouldBeNull();
        (await Belgium.Commit(Batch("a", Say(4, "item 4", "x")), default)).Position.ShouldBe(4);
    }

    [Fact]
    public async Task ServerGone_EveryReadFails_IdleOrNot_UntilItIsBack()
    {
        redis.Kill();
        await Eventually.Holds(() => !_outages.IsEmpty, "an idle node notices");
        Func<Task>[] reads =
        [
            async () => await Belgium.ReadRows(SubjectFamily.Indicator, Subject("x"), 0, 10, default),
            async () => await Belgium.ReadRowsBackwards(SubjectFamily.Indicator, Subject("x"), 9, 10, default),
            async () => await Belgium.ReadSnapshot(SubjectFamily.Indicator, Subject("x"), default),
            async () => await Belgium.ReadRecord(1, default),
            async () => await Belgium.ReadLedger(0, 1000, default),
            async () => await Belgium.ReadDocument("policy", default),
            async () => await Belgium.ReadWatermark(Be, default),
            async () => await Belgium.LastSeen.ReadGroups(default),
            async () => await Belgium.LastSeen.ReadPosition(default),
            async () => await Belgium.Commit(Batch("a", Say(9, "nine")), default),
        ];
        foreach (var read in reads)
            (await Should.ThrowAsync<StoreUnavailableException>(read)).Message.ShouldNotContain("{BE");
        await redis.Restart();
        await Eventually.Holds(() => _outages.Count == 2, "it says that it can write again");
        await Eventually.Holds(async () => await Reads(), "it reads again");
        (await Belgium.ReadLedger(0, int.MaxValue, default)).Count.ShouldBe(3);
        _setBacks.ShouldBeEmpty();

        async Task<bool> Reads()
        {
            try
            {
                return await Belgium.ReadRecord(1, default) is not null;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task LedgerThatWentBack_OpensANewEpoch_AndTheNodeStops()
    {
        var identity = Belgium.Identity;
        // As a server that lost its last second.
        await redis.Ask("HSET", "{BE:0}:meta", "head", "1");
        await redis.Ask("HDEL", "{BE:0}:ledger", "2", "3");
        await using var unharmed = await RedisStore.Open(Options with { OnSetBack = _ => Assert.Fail("It had seen nothing that is gone.") });
        await Eventually.Holds(() => !_setBacks.IsEmpty, "the loss is noticed");
        _setBacks.ShouldHaveSingleItem().Message.ShouldContain("from 3 to 1");
        var failure = await Should.ThrowAsync<StoreUnavailableException>(async () =>
            await Belgium.ReadRows(SubjectFamily.Indicator, Subject("x"), 0, 10, default));
        failure.CannotWrite.ShouldBeTrue();
        await Should.ThrowAsync<StoreUnavailableException>(async () => await Belgium.Commit(Batch("a", Say(9, "nine")), default));
        // Started again, it serves what there is; who had seen no more than that goes on without a stop.
        await using var again = await RedisStore.Open(Options);
        (again[Be].Identity, again[Be].Head).ShouldBe((identity with { Epoch = 2 }, 1L));
        (await unharmed[Be].Commit(Batch("b", Say(4, "item 4", "y")), default)).Position.ShouldBe(2);
        unharmed[Be].Identity.Epoch.ShouldBe(2);
    }

    [Fact]
    public async Task LedgerThatIsGone_IsNotMadeAnewUnderANode()
    {
        await redis.Flush();
        await Should.ThrowAsync<StoreUnavailableException>(async () => await Belgium.Commit(Batch("a", Say(9, "nine")), default));
        _setBacks.ShouldContain(reason => reason.Message.Contains("ledger of BE", StringComparison.Ordinal)
            && reason.Message.Contains("is gone", StringComparison.Ordinal));
        ((int)await redis.Ask("EXISTS", "{BE:0}:meta")).ShouldBe(0);
    }

    [Fact]
    public async Task DamagedRecord_IsUnavailable_NotAbsent()
    {
        await redis.Ask("HSET", "{BE:0}:ledger", "2", "something else");
        (await Should.ThrowAsync<StoreUnavailableException>(async () => await Belgium.ReadRecord(2, default))).Message.ShouldContain("damaged");
        await redis.Ask("HDEL", "{BE:0}:ledger", "2");
        (await Should.ThrowAsync<StoreUnavailableException>(async () => await Belgium.ReadLedger(0, int.MaxValue, default)))
            .Message.ShouldContain("gap");
    }
}
