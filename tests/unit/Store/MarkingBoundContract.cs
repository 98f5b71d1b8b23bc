using System.Buffers.Binary;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Store;

public abstract class MarkingBoundContract : GridStoreContract
{
    private const int Max = Bounds.MarkingsPerOwnerMax;
    private int next = 1;

    [Fact]
    public async Task Commit_OneMarkingTooManyOnOneObservable_IsRefused()
    {
        (await Commit(Batch("a", [.. Enumerable.Range(0, Max).Select(m => Marked("x", m))]))).Fates
            .ShouldAllBe(fate => fate == ItemFate.Accepted);
        Census.Asked.ShouldBe(0);
        var fates = (await Commit(Batch("a", Marked("x", Max), Marked("y", Max), Marked("x", 7)))).Fates;
        fates.ShouldBe([ItemFate.TooManyMarkings, ItemFate.Accepted, ItemFate.Accepted]);
        (await Commit(Batch("b", Marked("x", Max)))).Fates.ShouldBe([ItemFate.Accepted]);
    }

    [Fact]
    public async Task Commit_TooManyMarkingsWithinOneBatch_RefusesExactlyTheRest()
    {
        var fates = (await Commit(Batch("a", [.. Enumerable.Range(0, Max + 10).Select(m => Marked("x", m))]))).Fates;
        fates.Take(Max).ShouldAllBe(fate => fate == ItemFate.Accepted);
        fates.Skip(Max).ShouldAllBe(fate => fate == ItemFate.TooManyMarkings);
    }

    [Fact]
    public async Task Commit_ManyMarkingsOverManyObservables_AreNotRefused()
    {
        foreach (var part in Enumerable.Range(0, Max * 3).Chunk(100))
        {
            var fates = (await Commit(Batch("a", [.. part.Select(m => Marked($"x{m % 4}", m))]))).Fates;
            fates.ShouldAllBe(fate => fate == ItemFate.Accepted);
        }
    }

    [Fact]
    public async Task Commit_BeyondTheBound_CountsAnObservableOnceForGood()
    {
        await Commit(Batch("a", [.. Enumerable.Range(0, Max + 1).Select(m => Marked($"x{m % 4}", m))]));
        foreach (var m in Enumerable.Range(0, 8)) await Commit(Batch("a", Marked("x0", Max + 2 + m), Marked("new", m)));
        var asked = Census.Asked;
        asked.ShouldBeInRange(2, 5, "no oftener than there are observables");
        await Close(Store);
        await InitializeAsync();
        var fates = (await Commit(Batch("a", [.. Enumerable.Range(0, Max).Select(m => Marked("new", m))]))).Fates;
        fates.ShouldAllBe(fate => fate == ItemFate.Accepted);
        (await Commit(Batch("a", Marked("new", Max), Marked("x0", 0)))).Fates
            .ShouldBe([ItemFate.TooManyMarkings, ItemFate.Accepted]);
        await Close(Store);
        await InitializeAsync();
        (await Commit(Batch("a", Marked("new", Max), Marked("new", 7)))).Fates
            .ShouldBe([ItemFate.TooManyMarkings, ItemFate.Accepted], "each was kept as it came");
        Census.Asked.ShouldBe(asked, "what was counted is kept");
    }

    [Fact]
    public async Task Commit_TooManyMarkingsOnAnAsset_IsNotRefused()
    {
        var said = Enumerable.Range(0, Max + 2).Select(m => Marked("x", m) with { Family = SubjectFamily.Asset });
        (await Commit(Batch("a", [.. said]))).Fates.ShouldAllBe(fate => fate == ItemFate.Accepted);
    }

    [Fact]
    public async Task Commit_SnapshotHoldsTheMarkings_StillCounts()
    {
        await Commit(Batch("a", [.. Enumerable.Range(0, Max).Select(m => Marked("x", m))]));
        var snapshot = new byte[8 * Max];
        for (var m = 0; m < Max; m++) BinaryPrimitives.WriteUInt64BigEndian(snapshot.AsSpan(8 * m), (ulong)m);
        await Belgium.WriteSnapshot(SubjectFamily.Indicator, Subject("x"), new(1, snapshot), default);
        await Close(Store);
        await InitializeAsync();
        (await Commit(Batch("a", Marked("x", Max), Marked("x", 3)))).Fates.ShouldBe([ItemFate.TooManyMarkings, ItemFate.Accepted]);
    }

    private Said Marked(string subject, int marking) =>
        Say(next, $"text {next++}", subject) with { Marking = (ulong)marking };
}
