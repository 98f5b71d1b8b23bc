using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Tests.Unit.Store;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>Two nodes that carry one home: each sees what the other wrote, and nothing enters twice.</summary>
public sealed class TwoWritersTests(RedisProcess redis) : IClassFixture<RedisProcess>, IAsyncLifetime
{
    private const int Max = Bounds.MarkingsPerOwnerMax;
    private static readonly Home Be = new("BE");

    private RedisStore _first = null!;
    private RedisStore _second = null!;

    public async ValueTask InitializeAsync()
    {
        await redis.Flush();
        _first = await RedisStore.Open(redis.Options(new FragmentCensus()));
        _second = await RedisStore.Open(redis.Options(new FragmentCensus()));
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Commit_ManyAtOnceWithSharedIdentifiers_PositionsAreGaplessAndEachIsAcceptedOnce()
    {
        const int items = 600;
        IHomeStore[] both = [_first[Be], _second[Be]];
        _first[Be].Identity.ShouldBe(_second[Be].Identity);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 2 * items).Select(async i =>
            await both[i % 2].Commit(Batch($"owner {i / 2 % 3}", Say(i / 2, $"item {i / 2}", "hot", $"own {i / 2}")), default)));
        receipts.Count(receipt => receipt.Fates[0] == ItemFate.Accepted).ShouldBe(items);
        receipts.Count(receipt => receipt.Fates[0] == ItemFate.Duplicate).ShouldBe(items);
        receipts.Where(receipt => receipt.Position > 0).Select(receipt => receipt.Position).Order()
            .ShouldBe(Enumerable.Range(1, items).Select(position => (long)position));
        foreach (var store in both)
        {
            var records = await ReadAll(store);
            records.SelectMany(record => record.Items).Select(TextOf).Order(StringComparer.Ordinal)
                .ShouldBe(Enumerable.Range(0, items).Select(i => $"item {i}").Order(StringComparer.Ordinal));
            (await Rows(store, "hot")).Order(StringComparer.Ordinal)
                .ShouldBe(Enumerable.Range(0, items).Select(i => $"item {i}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Commit_OfOneWriter_IsKnownToTheOther()
    {
        var waiting = _second[Be].WaitForHead(0, default);
        await _first[Be].Commit(Batch("a", Say(1, "one", "x")), default);
        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        (await _second[Be].Commit(Batch("a", Say(1, "one", "x"), Say(2, "two", "x")), default)).Fates
            .ShouldBe([ItemFate.Duplicate, ItemFate.Accepted]);
        (await _first[Be].Commit(Batch("a", Say(2, "other", "x")), default)).Fates.ShouldBe([ItemFate.Conflict]);
        (await Rows(_first[Be], "x")).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Apply_OfOneWriter_MovesTheWatermarkOfTheOther()
    {
        var ledger = _first[Be].Identity;
        (await _first[Home.Hub].Apply(Release(Be, ledger, 0, 3, Say(1, "one", "x")), default)).Position.ShouldBe(3);
        (await _second[Home.Hub].Apply(Release(Be, ledger, 0, 2, Say(1, "one", "x")), default)).Position.ShouldBe(3);
        (await _second[Home.Hub].Apply(Release(Be, ledger, 3, 5, Say(2, "two", "x")), default)).Position.ShouldBe(5);
        (await _first[Home.Hub].Apply(Release(Be, ledger, 3, 4, Say(2, "two", "x")), default)).Position.ShouldBe(5);
        (await Rows(_first[Home.Hub], "x")).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Markings_OfBothWriters_AreBoundedTogether()
    {
        // Each alone stays below the bound.
        (await _first[Be].Commit(Marked("x", 0, Max / 2), default)).Fates.ShouldAllBe(fate => fate == ItemFate.Accepted);
        (await _second[Be].Commit(Marked("x", Max / 2, Max / 2), default)).Fates.ShouldAllBe(fate => fate == ItemFate.Accepted);
        (await _first[Be].Commit(Marked("x", Max, 1), default)).Fates.ShouldBe([ItemFate.TooManyMarkings]);
        (await _second[Be].Commit(Marked("x", Max + 1, 1), default)).Fates.ShouldBe([ItemFate.TooManyMarkings]);
        (await _second[Be].Commit(Marked("x", 3, 1, from: 9_000), default)).Fates.ShouldBe([ItemFate.Accepted]);
        // Of a busy owner: what both add to one observable at once.
        var both = await Task.WhenAll(
            _first[Be].Commit(Marked("y", 0, Max), default).AsTask(), _second[Be].Commit(Marked("y", Max, Max), default).AsTask());
        both.SelectMany(receipt => receipt.Fates).Count(fate => fate == ItemFate.Accepted).ShouldBe(Max);
    }

    [Fact]
    public async Task Retirement_OfOneWriter_IsSeenByWhoReadsAtTheOther()
    {
        foreach (var i in Enumerable.Range(1, 5)) await _first[Be].Commit(Batch("a", Say(i, $"item {i}", "x")), default);
        (await Rows(_second[Be], "x")).Count.ShouldBe(5);
        await _first[Be].RetireRows(SubjectFamily.Indicator, Subject("x"), new(5, "whole"u8.ToArray()), null, 3, default);
        // Whoever folds asks for rows first, then whether they were all.
        (await Rows(_second[Be], "x")).ShouldBe(["item 4", "item 5"]);
        _second[Be].RetiredTo.ShouldBe(3);
        await _second[Be].WriteSnapshot(SubjectFamily.Indicator, Subject("y"), new(2, default), default);
        (await _second[Be].ReadSnapshot(SubjectFamily.Indicator, Subject("y"), default)).ShouldBeNull();
        await Task.WhenAll(_first[Be].RetireRecords(3, default).AsTask(), _second[Be].RetireRecords(3, default).AsTask());
        (await ReadAll(_second[Be])).Select(record => record.Position).ShouldBe([4L, 5]);
        (await _second[Be].Commit(Batch("a", Say(1, "item 1"), Say(4, "other")), default)).Fates
            .ShouldBe([ItemFate.Accepted, ItemFate.Conflict]);
    }

    private static PreparedBatch Marked(string subject, int first, int count, int from = 0) => Batch("a",
        [.. Enumerable.Range(first, count).Select(
            m => Say(from + m + (subject == "y" ? 5_000 : 0), $"{subject} {m}", subject) with { Marking = (ulong)m })]);

    private static async Task<List<string>> Rows(IHomeStore store, string subject)
    {
        var rows = await store.ReadRows(SubjectFamily.Indicator, Subject(subject), 0, int.MaxValue, default);
        return [.. rows.SelectMany(row => row.Fragments).Select(TextOf)];
    }

    private static async Task<List<LedgerRecord>> ReadAll(IHomeStore store)
    {
        var all = new List<LedgerRecord>();
        while (await store.ReadLedger(all.Count == 0 ? 0 : all[^1].Position, 1 << 14, default) is { Count: > 0 } some) all.AddRange(some);
        return all;
    }
}
