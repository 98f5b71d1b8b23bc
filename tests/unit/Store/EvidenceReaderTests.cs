using System.Text.Json;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Evidence;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Tests.Unit.Disclosure;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>Evidence read from a real store: its order, and what it costs.</summary>
public sealed class EvidenceReaderTests : IAsyncDisposable
{
    private const long Hour = 3_600_000;
    private const long Noon = 1_780_315_200_000;
    private static readonly Home Be = new("BE");
    private static readonly Observable Value = new(ObservableType.DomainName, "evil.example");

    private readonly TempDirectory _directory = new();
    private readonly CompartmentCache _compartments = new();
    private readonly List<EmbeddedStore> _stores = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Page_OfAnAnswerThatCannotBeToldAnyMore_IsNotLookedForToItsEnd()
    {
        var store = Open();
        foreach (var id in Enumerable.Range(1, 50)) await Push(store, Said(id, lastSeen: Noon - Hour));
        var counting = new CountingStore(store);
        using var reader = new EvidenceReader(counting, _compartments);
        var turns = 0;
        await Should.ThrowAsync<GridUnavailableException>(
            async () => await reader.Page(Be, Value, Asker(Noon), null, 1, () => ++turns < 2));
        counting.Calls[nameof(IHomeStore.ReadRowsBackwards)].ShouldBe(1);
    }

    [Fact]
    public async Task Page_EmbargoEndsForTwoSightings_TellsNothingOfWhichCameFirst()
    {
        var answers = new List<string>();
        foreach (var order in new[] { new[] { 1, 2, 3 }, [3, 2, 1], [2, 3, 1] })
        {
            var store = Open();
            foreach (var id in order) await Push(store, Said(id, lastSeen: Noon - Hour, embargo: Noon));
            using var reader = new EvidenceReader(store, _compartments);
            (await Page(reader, at: Noon - 1, limit: 2)).Sightings.ShouldBeEmpty();
            answers.Add(JsonSerializer.Serialize((await Page(reader, at: Noon, limit: 2)).Sightings));
        }
        answers.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Page_ManySightingsInOneBatch_ReadsTheRecordOnce()
    {
        var store = Open();
        await Push(store, [.. Enumerable.Range(1, 3_000).Select(id => Said(id, Noon - id))]);
        var counting = new CountingStore(store);
        using var reader = new EvidenceReader(counting, _compartments);
        (await Page(reader, Noon, limit: 1)).Sightings.ShouldHaveSingleItem().LastSeen.ShouldBe(Noon - Hour);
        counting.Calls[nameof(IHomeStore.ReadRecord)].ShouldBe(1);
        counting.Calls.Clear();
        (await Page(reader, Noon, limit: 3_000)).Sightings.Length.ShouldBe(3_000);
        counting.Calls[nameof(IHomeStore.ReadRecord)].ShouldBe(1);
    }

    [Fact]
    public async Task Page_WhatIsHiddenOrTooOld_IsNotRead()
    {
        var store = Open();
        for (var id = 1; id <= 100; id++) await Push(store, Said(id, Noon - (101 - id) * Hour));
        for (var id = 101; id <= 200; id++) await Push(store, Said(id, Noon, tlp: Tlp.Red));
        var counting = new CountingStore(store);
        using var reader = new EvidenceReader(counting, _compartments);
        (await Page(reader, Noon, limit: 5)).Sightings.Select(s => s.LastSeen)
            .ShouldBe(Enumerable.Range(1, 5).Select(n => Noon - n * Hour));
        counting.Calls[nameof(IHomeStore.ReadRecord)].ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public async Task Pages_OfAHotValue_GiveEverySightingOnceInOrder()
    {
        var store = Open();
        for (var batch = 0; batch < 40; batch++)
        {
            var ids = Enumerable.Range(1 + batch * 50, 50);
            await Push(store, [.. ids.Select(id => Said(id, Noon - id * 37 % 9 * Hour, description: new('x', 4_000)))]);
        }
        using var reader = new EvidenceReader(store, _compartments);
        var (all, pages, next) = (new List<DisclosedSighting>(), 0, default(EvidencePlace));
        do
        {
            var page = await Page(reader, Noon, Bounds.EvidenceSightingsMax, next);
            all.AddRange(page.Sightings);
            (next, pages) = (page.Next, pages + 1);
        }
        while (next is not null);
        all.Count.ShouldBe(2_000);
        all.ShouldBe(all.Order(EvidenceOrder.Instance));
        pages.ShouldBeInRange(8, 10);
    }

    [Theory]
    [InlineData("hub", 1)]
    [InlineData("BE", 0)]
    [InlineData("BE", Bounds.EvidenceSightingsMax + 1)]
    public async Task Page_OfTheHubOrBeyondTheLimit_IsRefused(string home, int limit)
    {
        using var reader = new EvidenceReader(Open(), _compartments);
        await Should.ThrowAsync<ArgumentException>(async () => await reader.Page(new(home), Value, Asker(Noon), null, limit, () => true));
    }

    private static Asker Asker(long at) => new(
        new("DE"), new(new("c.de"), Disclosure.Samples.Policy()), 1, at);

    private static ValueTask<EvidencePage> Page(EvidenceReader reader, long at, int limit, EvidencePlace? after = null) =>
        reader.Page(Be, Value, Asker(at), after, limit, () => true);

    private EmbeddedStore Open()
    {
        var store = EmbeddedStore.Open(new()
        {
            Directory = Path.Combine(_directory.Path, $"{_stores.Count}"),
            Homes = [Be, Home.Hub],
            Census = new LedgerMarkingCensus(_compartments),
        });
        _stores.Add(store);
        return store;
    }

    private static (SightingDraft, Marking) Said(
        int id, long lastSeen, Tlp tlp = Tlp.Green, long? embargo = null, string description = "")
    {
        var draft = new SightingDraft
        {
            Id = new(id, 0, 0, new byte[8]),
            Kind = SightingKind.Positive,
            Confidence = (byte)(id % 100),
            FirstSeen = lastSeen,
            LastSeen = lastSeen,
            Description = description,
        };
        draft.Observables.Add(Value);
        return (draft, new(tlp, Pap.Clear, Attribution.Named, [], embargo, null));
    }

    private static async Task Push(EmbeddedStore store, params (SightingDraft Draft, Marking Marking)[] said)
    {
        var builder = new SightingBatchBuilder(said.Length);
        foreach (var (draft, marking) in said)
        {
            draft.MarkingIndex = builder.AddMarking(marking);
            builder.Add(draft);
        }
        var header = new RecordHeader(RecordOperation.Sightings, "a.be", "BE", 1, Noon);
        var receipt = await store[Be].Commit(BatchPreparation.Prepare(builder.Build(), header), default);
        receipt.Fates.ShouldAllBe(fate => fate == ItemFate.Accepted);
    }
}
