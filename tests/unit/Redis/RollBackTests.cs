using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Silo.Storage;
using CrossBorderSoc.Tests.Unit.Store;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>A ledger goes back while a silo is idle: whatever the silo asks first, nothing is written on what is not its ledger any more.</summary>
public sealed class RollBackTests(RedisProcess redis) : IClassFixture<RedisProcess>, IAsyncLifetime
{
    private const string Meta = "{BE:0}:meta";
    private readonly ConcurrentQueue<Exception> _setBacks = [];
    private RedisStore _store = null!;

    private IHomeStore Belgium => _store[new("BE")];

    // So long idle that it does not notice by itself.
    private RedisStoreOptions Options => redis.Options(new FragmentCensus()) with
    {
        OnSetBack = _setBacks.Enqueue,
        Tuning = new() { IdleAfter = TimeSpan.FromHours(1) },
    };

    public async ValueTask InitializeAsync()
    {
        await redis.Flush();
        _store = await RedisStore.Open(Options);
        foreach (var i in Enumerable.Range(1, 3)) await Belgium.Commit(Batch("a", Say(i, $"item {i}", "x")), default);
    }

    public async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Snapshot_OfWhatIsGone_IsNotWritten()
    {
        await RollBack();
        await IsSetBack(() => Belgium.WriteSnapshot(SubjectFamily.Indicator, Subject("x"), new(3, default), default));
        await using var again = await RedisStore.Open(Options);
        (await again[Belgium.Home].ReadSnapshot(SubjectFamily.Indicator, Subject("x"), default)).ShouldBeNull();
    }

    [Fact]
    public async Task Index_OfWhatIsGone_IsNotWritten()
    {
        await RollBack();
        await IsSetBack(() => Belgium.LastSeen.Add(
            [("g"u8.ToArray(), (IReadOnlyCollection<LastSeenMember>)[new("m"u8.ToArray(), 3_600_000, Since: 3)])], 3, epoch: 1, default));
        await using var again = await RedisStore.Open(Options);
        (await again[Belgium.Home].LastSeen.ReadPosition(default)).ShouldBe(0);
        (await again[Belgium.Home].LastSeen.ReadGroups(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Commit_WhoseHeadWouldHideTheLoss_IsNotWritten()
    {
        await RollBack();
        // With it the head would be what it was.
        await IsSetBack(async () => await Belgium.Commit(Batch("a", Say(4, "item 4", "x")), default));
        ((long)await redis.Ask("HGET", Meta, "head")).ShouldBe(2);
        ((int)await redis.Ask("HEXISTS", "{BE:0}:ledger", "3")).ShouldBe(0);
    }

    [Fact]
    public async Task Retirement_OfWhatIsGone_TakesNothing()
    {
        await RollBack();
        await IsSetBack(() => Belgium.RetireRows(SubjectFamily.Indicator, Subject("none"), new(3, default), retired: null, 3, default));
        ((long)await redis.Ask("HGET", Meta, "retired")).ShouldBe(0);
    }

    [Fact]
    public async Task EpochThatHadEnded_ComesBack_ANewerOneIsOpened()
    {
        var first = Belgium.Identity;
        await redis.Ask("HSET", Meta, "id", SmallFormats.Identity(first with { Epoch = 2 }), "from", 3);
        (await Belgium.Commit(Batch("a", Say(4, "item 4", "x")), default)).Position.ShouldBe(4);
        Belgium.Identity.Epoch.ShouldBe(2);
        _setBacks.ShouldBeEmpty("what it had seen was there");
        // As an older dump that is restored.
        await redis.Ask("HSET", Meta, "id", SmallFormats.Identity(first), "from", 0, "head", 5);
        await Should.ThrowAsync<StoreUnavailableException>(async () => await Belgium.ReadLedger(0, 1000, default));
        _setBacks.ShouldHaveSingleItem().Message.ShouldContain("from 4 to 3");
        await using var again = await RedisStore.Open(Options);
        again[Belgium.Home].Identity.ShouldBe(first with { Epoch = 3 });
    }

    // As another silo of the hub sees it, which did not hear of each epoch by itself.
    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public async Task SeveralEpochsAtOnce_AreALossOnlyWhereOneBeganWithOne(int? lostAbove)
    {
        await redis.Ask("HSET", Meta, "id", SmallFormats.Identity(Belgium.Identity with { Epoch = 4 }), "from", 3);
        if (lostAbove is { } survivor) await redis.Ask("HSET", Meta, "from:3", survivor);
        if (lostAbove is null)
        {
            (await Belgium.Commit(Batch("a", Say(4, "item 4", "x")), default)).Position.ShouldBe(4);
            Belgium.Identity.Epoch.ShouldBe(4);
            _setBacks.ShouldBeEmpty();
            return;
        }
        await Should.ThrowAsync<StoreUnavailableException>(async () => await Belgium.ReadLedger(0, 1000, default));
        _setBacks.ShouldHaveSingleItem().Message.ShouldContain("from 3 to 2");
    }

    private async Task IsSetBack(Func<ValueTask> first)
    {
        await Should.ThrowAsync<StoreUnavailableException>(async () => await first());
        _setBacks.ShouldHaveSingleItem().Message.ShouldContain("from 3 to 2");
    }

    private async Task RollBack()
    {
        await redis.Ask("HSET", Meta, "head", "2");
        await redis.Ask("HDEL", "{BE:0}:ledger", "3");
    }
}
