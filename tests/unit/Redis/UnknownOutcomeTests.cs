using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Tests.Unit.Store;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>A connection that breaks between a command and its answer: what was asked is done once, and its first answer is given.</summary>
public sealed class UnknownOutcomeTests(RedisProcess redis) : IClassFixture<RedisProcess>, IAsyncLifetime
{
    private static readonly Home Be = new("BE");

    private BreakingProxy _proxy = null!;
    private RedisStore _store = null!;

    private IHomeStore Belgium => _store[Be];

    public async ValueTask InitializeAsync()
    {
        await redis.Flush();
        _proxy = new(redis.Port);
        _store = await RedisStore.Open(redis.Options(new FragmentCensus(), _proxy.Server));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task Commit_AnswerLost_GivesTheFirstAnswer_AndIsNotDoubled()
    {
        await Belgium.Commit(Batch("a", Say(1, "one", "x")), default);
        _proxy.LoseAnswerTo("lost-mark"u8.ToArray());
        var receipt = await Belgium.Commit(Batch("a", Say(2, "lost-mark", "x"), Say(3, "three", "x")), default);
        _proxy.Breaks.ShouldBe(1);
        receipt.Position.ShouldBe(2);
        receipt.Fates.ShouldBe([ItemFate.Accepted, ItemFate.Accepted]);
        // Of a group that is built anew it is the first answer that is lost.
        _proxy.LoseAnswerTo("four-mark"u8.ToArray());
        receipt = await Belgium.Commit(Batch("a", Say(4, "four-mark", "x"), Say(1, "one", "x")), default);
        _proxy.Breaks.ShouldBe(2);
        receipt.Position.ShouldBe(3);
        receipt.Fates.ShouldBe([ItemFate.Accepted, ItemFate.Duplicate]);
        (await Belgium.ReadLedger(0, int.MaxValue, default)).Count.ShouldBe(3);
        var rows = await Belgium.ReadRows(SubjectFamily.Indicator, Subject("x"), 0, 10, default);
        rows.SelectMany(row => row.Fragments).Select(TextOf).ShouldBe(["one", "lost-mark", "three", "four-mark"]);
    }

    [Fact]
    public async Task Apply_AnswerLost_IsAppliedOnce()
    {
        var hub = _store[Home.Hub];
        _proxy.LoseAnswerTo("lost-mark"u8.ToArray());
        (await hub.Apply(Release(Be, Belgium.Identity, 0, 3, Say(1, "lost-mark", "x")), default)).Position.ShouldBe(3);
        _proxy.Breaks.ShouldBe(1);
        hub.Head.ShouldBe(1);
        (await hub.ReadRows(SubjectFamily.Indicator, Subject("x"), 0, 10, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Commit_CopyThatArrivesLate_ChangesNothing()
    {
        _proxy.KeepBack("late-mark"u8.ToArray());
        await Belgium.WriteDocument("policy", "late-mark"u8.ToArray(), default);
        _proxy.Breaks.ShouldBe(1);
        await Belgium.WriteDocument("policy", "newest"u8.ToArray(), default);
        System.Text.Encoding.ASCII.GetString(await _proxy.Deliver()).ShouldContain("late");
        TextOf((await Belgium.ReadDocument("policy", default)).ShouldNotBeNull()).ShouldBe("newest");
    }

    [Fact]
    public async Task Scripts_TheServerHasForgotten_AreSentAgain()
    {
        await Belgium.Commit(Batch("a", Say(1, "one", "x")), default);
        await redis.Ask("SCRIPT", "FLUSH");
        (await Belgium.Commit(Batch("a", Say(2, "two", "x")), default)).Position.ShouldBe(2);
        await redis.Ask("SCRIPT", "FLUSH");
        (await Belgium.ReadRows(SubjectFamily.Indicator, Subject("x"), 0, 10, default)).Count.ShouldBe(2);
    }
}
