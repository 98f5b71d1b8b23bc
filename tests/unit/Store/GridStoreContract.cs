using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>What every adapter of <see cref="IGridStore"/> owes. A subclass per adapter opens it.</summary>
public abstract class GridStoreContract : IAsyncLifetime
{
    protected static readonly Home Be = new("BE");
    protected static readonly Home De = new("DE");

    protected FragmentCensus Census { get; } = new();

    /// <summary>The open store, carrying BE, DE and the hub.</summary>
    protected IGridStore Store { get; private set; } = null!;

    protected IHomeStore Belgium => Store[Be];

    public async ValueTask InitializeAsync() => Store = await Open();

    public virtual async ValueTask DisposeAsync()
    {
        await Close(Store);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Commit_FirstBatch_GetsPositionOneAndIsRead()
    {
        var receipt = await Commit(Batch("a", Say(1, "one"), Say(2, "two")));
        receipt.Position.ShouldBe(1);
        receipt.Fates.ShouldBe([ItemFate.Accepted, ItemFate.Accepted]);
        Belgium.Head.ShouldBe(1);
        var record = (await Belgium.ReadRecord(1, default)).ShouldNotBeNull();
        TextOf(record.Header).ShouldBe("header");
        TextOf(record.Preamble).ShouldBe("preamble");
        record.Items.Select(TextOf).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Commit_SameIdentifierSameContent_IsDuplicateAndWritesNothing()
    {
        await Commit(Batch("a", Say(1, "one")));
        var again = await Commit(Batch("a", Say(1, "one")));
        again.Position.ShouldBe(0);
        again.Fates.ShouldBe([ItemFate.Duplicate]);
        Belgium.Head.ShouldBe(1);
    }

    [Fact]
    public async Task Commit_SameIdentifierOtherContent_IsConflict()
    {
        await Commit(Batch("a", Say(1, "one")));
        (await Commit(Batch("a", Say(1, "other"), Say(2, "two")))).Fates.ShouldBe([ItemFate.Conflict, ItemFate.Accepted]);
        var record = (await Belgium.ReadRecord(2, default)).ShouldNotBeNull();
        record.Items.Select(TextOf).ShouldBe(["", "two"]);
        (await Fragments("other")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Commit_SameIdentifierTwiceInOneBatch_FirstWins()
    {
        var receipt = await Commit(Batch("a", Say(1, "one"), Say(1, "one"), Say(1, "other")));
        receipt.Fates.ShouldBe([ItemFate.Accepted, ItemFate.Duplicate, ItemFate.Conflict]);
        (await Fragments("one")).ShouldBe(["one"]);
    }

    [Fact]
    public async Task Commit_ManyAtOnceWithSharedIdentifiers_EachIdentifierIsAcceptedOnce()
    {
        var batches = Enumerable.Range(0, 40).Select(i => Batch("a", Say(i / 2, $"item {i / 2}", "hot"))).ToList();
        var receipts = await Task.WhenAll(batches.Select(Commit));
        receipts.SelectMany(receipt => receipt.Fates).Count(fate => fate == ItemFate.Accepted).ShouldBe(20);
        receipts.SelectMany(receipt => receipt.Fates).Count(fate => fate == ItemFate.Duplicate).ShouldBe(20);
        receipts.Where(receipt => receipt.Position > 0).Select(receipt => receipt.Position).Order()
            .ShouldBe(Enumerable.Range(1, 20).Select(i => (long)i));
        (await Fragments("hot")).Order().ShouldBe(Enumerable.Range(0, 20).Select(i => $"item {i}").Order());
    }

    [Fact]
    public async Task Commit_SameIdentifierOfAnotherOwnerOrHome_IsNew()
    {
        await Commit(Batch("a", Say(1, "one")));
        (await Commit(Batch("b", Say(1, "other")))).Fates.ShouldBe([ItemFate.Accepted]);
        (await Store[De].Commit(Batch("a", Say(1, "third")), default)).Position.ShouldBe(1);
    }

    [Fact]
    public async Task Commit_EmptyBatch_WritesNothing()
    {
        (await Commit(Batch("a"))).Position.ShouldBe(0);
        Belgium.Head.ShouldBe(0);
    }

    [Fact]
    public async Task ReadRows_AfterPosition_GivesRowsAscendingUpToMax()
    {
        for (var i = 1; i <= 5; i++) await Commit(Batch("a", Say(i, $"text {i}", "x")));
        var rows = await Belgium.ReadRows(SubjectFamily.Indicator, Subject("x"), 1, 3, default);
        rows.Select(row => row.Position).ShouldBe([2, 3, 4]);
        rows.Select(row => TextOf(row.Fragments.Single())).ShouldBe(["text 2", "text 3", "text 4"]);
        rows.ShouldAllBe(row => row.Fragments.Single().RecordPosition == row.Position);
        (await Belgium.ReadRows(SubjectFamily.Indicator, Subject("x"), 5, 3, default)).ShouldBeEmpty();
        (await Belgium.ReadRows(SubjectFamily.Asset, Subject("x"), 0, 3, default)).ShouldBeEmpty();
        (await Store[De].ReadRows(SubjectFamily.Indicator, Subject("x"), 0, 3, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadRowsBackwards_BeforePosition_GivesRowsDescendingUpToMax()
    {
        for (var i = 1; i <= 5; i++) await Commit(Batch("a", Say(i, $"text {i}", "x"), Say(i + 100, "noise", $"y{i}")));
        var rows = await Belgium.ReadRowsBackwards(SubjectFamily.Indicator, Subject("x"), long.MaxValue, 2, default);
        rows.Select(row => row.Position).ShouldBe([5, 4]);
        rows = await Belgium.ReadRowsBackwards(SubjectFamily.Indicator, Subject("x"), 4, 9, default);
        rows.Select(row => row.Position).ShouldBe([3, 2, 1]);
        (await Belgium.ReadRowsBackwards(SubjectFamily.Indicator, Subject("x"), 1, 9, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadLedger_AfterPosition_GivesAtLeastOneThenUpToBytes()
    {
        for (var i = 1; i <= 4; i++) await Commit(Batch("a", Say(i, new string('x', 1000))));
        (await Belgium.ReadLedger(0, 1, default)).Select(record => record.Position).ShouldBe([1]);
        (await Belgium.ReadLedger(1, 2500, default)).Select(record => record.Position).ShouldBe([2, 3]);
        (await Belgium.ReadLedger(2, int.MaxValue, default)).Select(record => record.Position).ShouldBe([3, 4]);
        (await Belgium.ReadLedger(4, int.MaxValue, default)).ShouldBeEmpty();
        (await Belgium.ReadRecord(5, default)).ShouldBeNull();
    }

    [Fact]
    public async Task WaitForHead_AboveCurrent_CompletesWithTheCommit()
    {
        var wait = Belgium.WaitForHead(0, default);
        wait.IsCompleted.ShouldBeFalse();
        await Commit(Batch("a", Say(1, "one")));
        await wait.WaitAsync(TimeSpan.FromSeconds(10));
        Belgium.WaitForHead(0, default).IsCompleted.ShouldBeTrue();
        using var giveUp = new CancellationTokenSource();
        var cancelled = Belgium.WaitForHead(1, giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
    }

    [Fact]
    public async Task WriteSnapshot_Older_IsIgnored()
    {
        async Task<Snapshot?> Read() => await Belgium.ReadSnapshot(SubjectFamily.Asset, Subject("x"), default);
        (await Read()).ShouldBeNull();
        foreach (var position in new long[] { 3, 2, 5, 5 })
        {
            var content = new byte[] { (byte)position };
            await Belgium.WriteSnapshot(SubjectFamily.Asset, Subject("x"), new(position, content), default);
        }

        var stored = (await Read()).ShouldNotBeNull();
        stored.Position.ShouldBe(5);
        stored.Content.ToArray().ShouldBe([5]);
        (await Belgium.ReadSnapshot(SubjectFamily.Indicator, Subject("x"), default)).ShouldBeNull();
    }

    [Fact]
    public async Task Apply_RangeThatDoesNotStartAtTheWatermark_ChangesNothing()
    {
        var hub = Store[Home.Hub];
        var ledger = Belgium.Identity;
        (await hub.ReadWatermark(Be, default)).Position.ShouldBe(0);
        (await hub.Apply(Release(Be, ledger, 0, 3, Say(1, "one", "x")), default)).ShouldBe(new Watermark(ledger, 3));
        (await hub.Apply(Release(Be, ledger, 0, 3, Say(1, "one", "x")), default)).ShouldBe(new Watermark(ledger, 3));
        (await hub.Apply(Release(Be, ledger, 2, 4, Say(2, "two", "x")), default)).ShouldBe(new Watermark(ledger, 3));
        (await hub.Apply(Release(Be, ledger, 4, 5, Say(2, "two", "x")), default)).ShouldBe(new Watermark(ledger, 3));
        var foreign = ledger with { Id = Id(9) };
        (await hub.Apply(Release(Be, foreign, 3, 4, Say(2, "two", "x")), default)).ShouldBe(new Watermark(ledger, 3));
        hub.Head.ShouldBe(1);
        (await hub.Apply(Release(Be, ledger, 3, 4), default)).ShouldBe(new Watermark(ledger, 4));
        hub.Head.ShouldBe(1);
        (await hub.ReadWatermark(Be, default)).ShouldBe(new Watermark(ledger, 4));
        (await hub.ReadWatermark(De, default)).Position.ShouldBe(0);
        var rows = await hub.ReadRows(SubjectFamily.Indicator, Subject("x"), 0, 9, default);
        rows.SelectMany(row => row.Fragments).Select(TextOf).ShouldBe(["one"]);
        (await hub.ReadLedger(0, 1 << 20, default)).Single().Released.ShouldBe(new ReleasedRange(ledger, 0, 3));
        (await hub.ReadRecord(1, default))!.Released.ShouldBe(new ReleasedRange(ledger, 0, 3));
    }

    [Fact]
    public async Task WriteDocument_ThenRead_GivesTheNewest()
    {
        (await Belgium.ReadDocument("policy", default)).ShouldBeNull();
        await Belgium.WriteDocument("policy", "1"u8.ToArray(), default);
        await Belgium.WriteDocument("policy", "2"u8.ToArray(), default);
        TextOf((await Belgium.ReadDocument("policy", default)).ShouldNotBeNull()).ShouldBe("2");
        (await Store[De].ReadDocument("policy", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Reopen_KeepsEverything()
    {
        var identity = Belgium.Identity;
        identity.Epoch.ShouldBe(1);
        await Commit(Batch("a", Say(1, "one", "x")));
        await Belgium.WriteSnapshot(SubjectFamily.Asset, Subject("x"), new(1, "snap"u8.ToArray()), default);
        await Belgium.WriteDocument("policy", "1"u8.ToArray(), default);
        await Store[Home.Hub].Apply(Release(Be, identity, 0, 1, Say(1, "one", "x")), default);
        await Close(Store);
        Store = await Open();
        Belgium.Identity.ShouldBe(identity);
        Belgium.Head.ShouldBe(1);
        (await Commit(Batch("a", Say(1, "one", "x"), Say(2, "two", "x")))).Fates.ShouldBe([ItemFate.Duplicate, ItemFate.Accepted]);
        (await Fragments("x")).ShouldBe(["one", "two"]);
        (await Belgium.ReadSnapshot(SubjectFamily.Asset, Subject("x"), default)).ShouldNotBeNull().Position.ShouldBe(1);
        TextOf((await Belgium.ReadDocument("policy", default)).ShouldNotBeNull()).ShouldBe("1");
        (await Store[Home.Hub].ReadWatermark(Be, default)).ShouldBe(new Watermark(identity, 1));
    }

    [Fact]
    public void Indexer_HomeNotCarried_Throws() => Should.Throw<ArgumentException>(() => Store[new Home("FR")]);

    protected abstract Task<IGridStore> Open();

    protected abstract Task Close(IGridStore store);

    protected async Task<CommitReceipt> Commit(PreparedBatch batch) => await Belgium.Commit(batch, default);

    protected async Task<List<string>> Fragments(string subject)
    {
        var rows = await Belgium.ReadRows(SubjectFamily.Indicator, Subject(subject), 0, int.MaxValue, default);
        return [.. rows.SelectMany(row => row.Fragments).Select(TextOf)];
    }
}
