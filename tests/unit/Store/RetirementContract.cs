using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>What an adapter owes when retention takes evidence away.</summary>
public abstract class RetirementContract : MarkingBoundContract
{
    [Fact]
    public async Task RetireRows_SnapshotTakesTheirPlace_AlsoAfterARestart()
    {
        foreach (var i in Enumerable.Range(1, 5)) await Commit(Batch("a", Say(i, $"item {i}", "x")));
        await Belgium.RetireRows(SubjectFamily.Indicator, Subject("x"), new(5, "whole"u8.ToArray()), null, 3, default);
        await Check();
        await Close(Store);
        await InitializeAsync();
        await Check();

        async Task Check()
        {
            (await Fragments("x")).ShouldBe(["item 4", "item 5"]);
            var snapshot = (await Belgium.ReadSnapshot(SubjectFamily.Indicator, Subject("x"), default)).ShouldNotBeNull();
            snapshot.Position.ShouldBe(5);
            TextOf(snapshot.Content).ShouldBe("whole");
        }
    }

    [Fact]
    public async Task RetireRows_RowThatTheSnapshotDoesNotHold_Stays()
    {
        foreach (var i in Enumerable.Range(1, 4)) await Commit(Batch("a", Say(i, $"item {i}", "x")));
        await Belgium.RetireRows(SubjectFamily.Indicator, Subject("x"), new(2, "two"u8.ToArray()), null, 3, default);
        (await Fragments("x")).ShouldBe(["item 3", "item 4"]);
    }

    [Fact]
    public async Task RetireRows_OtherSubjectsAndHomes_AreUntouched()
    {
        await Commit(Batch("a", Say(1, "one", "x", "y")));
        await Store[De].Commit(Batch("a", Say(1, "one", "x")), default);
        await Commit(Batch("a", Say(2, "two", "x")));
        await Belgium.RetireRows(SubjectFamily.Indicator, Subject("x"), new(2, default), null, 1, default);
        (await Fragments("y")).ShouldBe(["one"]);
        (await Store[De].ReadRows(SubjectFamily.Indicator, Subject("x"), 0, 10, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task RetireRecords_RecordsAndIdentifiersAreGone_AlsoAfterARestart()
    {
        foreach (var i in Enumerable.Range(1, 4)) await Commit(Batch("a", Say(i, $"item {i}")));
        await Belgium.RetireRecords(2, default);
        await Check();
        await Close(Store);
        await InitializeAsync();
        await Check();
        (await Commit(Batch("a", Say(1, "item 1"), Say(3, "item 3")))).Fates.ShouldBe([ItemFate.Accepted, ItemFate.Duplicate]);

        async Task Check()
        {
            Belgium.RetiredTo.ShouldBe(2);
            Belgium.Head.ShouldBe(4);
            (await Belgium.ReadRecord(2, default)).ShouldBeNull();
            (await Belgium.ReadRecord(3, default)).ShouldNotBeNull();
            (await Belgium.ReadLedger(0, int.MaxValue, default)).Select(r => r.Position).ShouldBe([3L, 4]);
        }
    }

    [Fact]
    public async Task RetireRecords_BeyondTheHead_IsRefused()
    {
        await Commit(Batch("a", Say(1, "one")));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Belgium.RetireRecords(2, default));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () =>
            await Belgium.RetireRows(SubjectFamily.Indicator, Subject("one"), new(2, default), null, 2, default));
    }

    [Fact]
    public async Task RetireRecords_TheNewestRecordToo_LeavesTheHeadWhereItIs_AlsoAfterARestart()
    {
        foreach (var i in Enumerable.Range(1, 3)) await Commit(Batch("a", Say(i, $"item {i}", "x")));
        await Belgium.RetireRows(SubjectFamily.Indicator, Subject("x"), new(3, "whole"u8.ToArray()), null, 3, default);
        await Belgium.RetireRecords(3, default);
        await Check();
        await Close(Store);
        await InitializeAsync();
        await Check();
        (await Commit(Batch("a", Say(4, "item 4", "x")))).Position.ShouldBe(4);
        await Close(Store);
        await InitializeAsync();
        Belgium.Head.ShouldBe(4);
        (await Fragments("x")).ShouldBe(["item 4"]);

        async Task Check()
        {
            (Belgium.Head, Belgium.RetiredTo).ShouldBe((3L, 3L));
            (await Belgium.ReadLedger(0, int.MaxValue, default)).ShouldBeEmpty();
            (await Fragments("x")).ShouldBeEmpty();
            (await Belgium.ReadSnapshot(SubjectFamily.Indicator, Subject("x"), default)).ShouldNotBeNull().Position.ShouldBe(3);
            Belgium.WaitForHead(2, default).IsCompleted.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task RetireRecords_OfTheHub_KeepWatermarks()
    {
        var hub = Store[Home.Hub];
        await hub.Apply(Release(Be, Belgium.Identity, 0, 1, Say(1, "one")), default);
        await hub.Apply(Release(Be, Belgium.Identity, 1, 2, Say(2, "two")), default);
        await hub.RetireRecords(1, default);
        (await hub.ReadWatermark(Be, default)).Position.ShouldBe(2);
        (await hub.ReadRecord(1, default)).ShouldBeNull();
    }

    [Fact]
    public async Task WriteSnapshot_BelowWhatIsRetired_IsNotWritten()
    {
        foreach (var i in Enumerable.Range(1, 4)) await Commit(Batch("a", Say(i, $"item {i}", "x")));
        await Belgium.RetireRecords(3, default);
        await Belgium.WriteSnapshot(SubjectFamily.Indicator, Subject("x"), new(2, default), default);
        (await Belgium.ReadSnapshot(SubjectFamily.Indicator, Subject("x"), default)).ShouldBeNull();
    }
}
