using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>What an adapter owes when a ledger went back: epochs, and what was applied of it goes.</summary>
public abstract class DropContract : RetirementContract
{
    private const long Hour = 3_600_000;
    private static readonly ReadOnlyMemory<byte> Group = "group"u8.ToArray();
    private static readonly LedgerIdentity Ledger = new(Id(7), 1);

    private IHomeStore Hub => Store[Home.Hub];

    [Fact]
    public async Task OpenEpoch_OnlyWhereTheLedgerEndsBefore_TellsWhatSurvived_AlsoAfterARestart()
    {
        foreach (var i in Enumerable.Range(1, 3)) await Commit(Batch("a", Say(i, $"item {i}")));
        await Belgium.OpenEpoch(3, default);
        Belgium.Identity.Epoch.ShouldBe(1);
        await Belgium.OpenEpoch(9, default);
        Belgium.Identity.Epoch.ShouldBe(2);
        foreach (var i in Enumerable.Range(4, 3)) await Commit(Batch("a", Say(i, $"item {i}")));
        await Belgium.OpenEpoch(7, default);
        await Commit(Batch("a", Say(7, "item 7")));
        await Close(Store);
        await InitializeAsync();
        (Belgium.Identity.Epoch, Belgium.Head).ShouldBe((3, 7L));
        (await Belgium.ReadSurvivor(1, default)).ShouldBe(3);
        (await Belgium.ReadSurvivor(2, default)).ShouldBe(6);
        (await Belgium.ReadSurvivor(3, default)).ShouldBe(7);
    }

    [Fact]
    public async Task Drop_WhatTheReleaseAppliedGoes_AndNothingElse_AlsoAfterARestart()
    {
        await Apply3();
        await WriteDerived(epoch: 1);
        var dropped = await DropNewest(beyond: 4);
        dropped.ShouldBe(new Watermark(Ledger with { Epoch = -1 }, 3));
        await Check();
        await Close(Store);
        await InitializeAsync();
        await Check();

        async Task Check()
        {
            (await TextsOf("x")).ShouldBe(["one", "german"]);
            (await TextsOf("y")).ShouldBe(["one"]);
            (await Hub.ReadRows(SubjectFamily.Indicator, Subject("z"), 0, 9, default)).ShouldBeEmpty();
            (await Hub.ReadSnapshot(SubjectFamily.Indicator, Subject("x"), default)).ShouldBeNull();
            var record = (await Hub.ReadRecord(3, default)).ShouldNotBeNull();
            (record.Items.Count, TextOf(record.Preamble)).ShouldBe((0, "empty"));
            (Hub.Identity.Epoch, Hub.Head).ShouldBe((2, 3L));
            (await Hub.ReadWatermark(Be, default)).ShouldBe(dropped);
            (await Hub.ReadWatermark(De, default)).Position.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Drop_WhatWasReadBefore_IsWrittenNoMore()
    {
        await Apply3();
        await DropNewest(beyond: 4);
        await WriteDerived(epoch: 1);
        (await Hub.ReadSnapshot(SubjectFamily.Indicator, Subject("x"), default)).ShouldBeNull();
        (await Members()).ShouldBe(["left 2"]);
        await Should.ThrowAsync<StoreUnavailableException>(async () =>
            await Hub.RetireRows(SubjectFamily.Indicator, Subject("x"), new(3, default, Epoch: 1), null, 1, default));
        (await TextsOf("x")).ShouldBe(["one", "german"]);
        await WriteDerived(epoch: 2);
        (await Hub.ReadSnapshot(SubjectFamily.Indicator, Subject("x"), default)).ShouldNotBeNull();
        (await Members()).ShouldBe(["both 8", "gone 8", "left 2", "gone 5"], ignoreOrder: true);
    }

    [Fact]
    public async Task Drop_InTheIndex_MembersOfItsHour_AndTheirTurnsSinceIt()
    {
        await Apply3();
        await WriteDerived(epoch: 1);
        await DropNewest(beyond: 4);
        (await Members()).ShouldBe(["both 8", "gone 5", "left 2"]);
        (await Hub.LastSeen.ReadTurns(null, 0, long.MaxValue, 9, default)).Select(turn => turn.Since).ShouldBe([1]);
    }

    [Fact]
    public async Task Drop_WhatWasRetired_TakesTheSnapshotsPlace_AlsoAfterARestart()
    {
        await Apply3();
        await Hub.RetireRows(
            SubjectFamily.Indicator, Subject("x"), new(3, "whole"u8.ToArray()), new Snapshot(1, "first"u8.ToArray()), 1, default);
        await Hub.RetireRecords(1, default);
        TextOf((await Hub.ReadSnapshot(SubjectFamily.Indicator, Subject("x"), default)).ShouldNotBeNull().Content).ShouldBe("whole");
        (await DropNewest(beyond: 4)).Position.ShouldBe(3);
        await Close(Store);
        await InitializeAsync();
        var left = (await Hub.ReadSnapshot(SubjectFamily.Indicator, Subject("x"), default)).ShouldNotBeNull();
        (left.Position, TextOf(left.Content)).ShouldBe((1L, "first"));
        (await TextsOf("x")).ShouldBe(["german"]);
        TextOf((await Hub.ReadRetired(SubjectFamily.Indicator, Subject("x"), default)).ShouldNotBeNull().Content).ShouldBe("first");
    }

    [Fact]
    public async Task Drop_UntilAllIsDone_NothingIsApplied_ThenTheNewEpochGoesOn()
    {
        await Apply3();
        await DropNewest(beyond: 1);
        (await Hub.Apply(Release(Be, Ledger, 3, 5, Say(2, "two", "x")), default)).Position.ShouldBe(3);
        (await DropNewest(beyond: 1)).Position.ShouldBe(0);
        (await Hub.Apply(Release(Be, Ledger, 0, 3, Say(1, "one", "x")), default)).Position.ShouldBe(0);
        (await Hub.FindRelease(Be, Ledger.Id, 1, default)).ShouldBeNull();
        var known = await Hub.ReadWatermark(Be, default);
        var next = new Watermark(Ledger with { Epoch = 2 }, 0);
        (await Hub.Drop(new(Be, default, next, null, default, [], []), default)).ShouldBe(known);
        (await Hub.Drop(new(Be, known, next, null, default, [], []), default)).ShouldBe(next);
        (await Hub.Apply(Release(Be, next.Ledger, 0, 2, Say(3, "three", "x")), default)).Position.ShouldBe(2);
        (await TextsOf("x")).ShouldBe(["german", "three"]);
        (await Hub.FindRelease(Be, Ledger.Id, 1, default)).ShouldNotBeNull().Record.Position.ShouldBe(4);
        (await Hub.FindRelease(Be, Ledger.Id, 2, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Drop_OfARowThatSeveralReleasesShare_LeavesTheOthers()
    {
        var german = new LedgerIdentity(Id(8), 1);
        // What waits together is one group, and one row.
        foreach (var i in Enumerable.Range(0, 20))
            await Task.WhenAll(
                Hub.Apply(Release(Be, Ledger, i, i + 1, Say(1, $"be {i}", "x")), default).AsTask(),
                Hub.Apply(Release(De, german, i, i + 1, Say(1, $"de {i}", "x")), default).AsTask());
        for (var i = 20; i > 10; i--) await DropNewest(beyond: 10, "x");
        (await TextsOf("x")).ShouldBe([.. Enumerable.Range(0, 10).Select(i => $"be {i}"), .. Enumerable.Range(0, 20).Select(i => $"de {i}")],
            ignoreOrder: true);
        (await Hub.ReadWatermark(Be, default)).Position.ShouldBe(10);
    }

    private async Task Apply3()
    {
        await Hub.Apply(Release(Be, Ledger, 0, 3, Say(1, "one", "x", "y")), default);
        await Hub.Apply(Release(De, new(Id(8), 1), 0, 1, Say(1, "german", "x")), default);
        await Hub.Apply(Release(Be, Ledger, 3, 5, Say(2, "two", "x", "z")), default);
    }

    // As what follows the ledger does.
    private async Task WriteDerived(int epoch)
    {
        await Hub.WriteSnapshot(SubjectFamily.Indicator, Subject("x"), new(3, "whole"u8.ToArray(), epoch), default);
        await Hub.LastSeen.Add(
            [(Group, [Member("gone", 8, 1), Member("gone", 8, 3), Member("gone", 5, 1), Member("both", 8, 1)])], 3, epoch, default);
    }

    private async Task<Watermark> DropNewest(long beyond, params string[] subjects)
    {
        var known = await Hub.ReadWatermark(Be, default);
        var release = (await Hub.FindRelease(Be, Ledger.Id, beyond, default)).ShouldNotBeNull();
        release.To.ShouldBeGreaterThan(beyond);
        release.Ledger.ShouldBe(Ledger);
        SeenDrop seen = new(Group, [Member("gone", 8, 3)], [Member("left", 2, 1)]);
        var names = subjects.Length > 0 ? subjects : ["x", "y", "z"];
        return await Hub.Drop(
            new(Be, known, new(Ledger with { Epoch = -1 }, release.From), release, "empty"u8.ToArray(),
                [.. names.Select(name => new SubjectName(SubjectFamily.Indicator, Subject(name)))], [seen]),
            default);
    }

    private async Task<IEnumerable<string>> TextsOf(string subject) =>
        (await Hub.ReadRows(SubjectFamily.Indicator, Subject(subject), 0, 99, default)).SelectMany(row => row.Fragments).Select(TextOf);

    private async Task<IEnumerable<string>> Members() =>
        (await Hub.LastSeen.Read(Group, 99 * Hour, default, 99, default))
            .Select(member => $"{Encoding.ASCII.GetString(member.Bytes.Span)} {member.Hour / Hour}").Distinct();

    private static LastSeenMember Member(string text, long hour, long since) =>
        new(Encoding.ASCII.GetBytes(text), hour * Hour, since, Turns: text == "gone" && hour == 8 ? [9 * Hour] : []);
}
