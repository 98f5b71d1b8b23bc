using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Evidence;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;
using CrossBorderSoc.Grains.Trends;
using CrossBorderSoc.Silo.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>Retention takes evidence away and never a tally, whoever folds meanwhile.</summary>
public sealed class EvidenceRetentionTests : IAsyncLifetime
{
    private const int RetentionDays = 10;
    private static readonly Home Be = new("BE");
    private static readonly Observable Value = new(ObservableType.DomainName, "evil.example");
    private static readonly Observable Supplier = new(ObservableType.Supplier, "acme");
    private static readonly Observable Beside = new(ObservableType.Ipv4Addr, "198.51.100.7");

    private static readonly TrendName Technique = TrendName.OfTechnique("T1566");
    private static readonly TrendName Sector = TrendName.OfSector("Energy")!.Value;

    private readonly TempDirectory _directory = new();
    private readonly CompartmentCache _compartments = new();
    private readonly FakeTimeProvider _time = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private EmbeddedStore _store = null!;
    private Subjects _subjects = null!;
    private ReleaseLag _lag = null!;
    private EvidenceRetention _retention = null!;
    private LastSeenIndexer _indexer = null!;
    private int _next;

    public ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(new()
        {
            Directory = _directory.Path,
            Homes = [Be],
            Time = _time,
            Census = new LedgerMarkingCensus(_compartments),
        });
        _subjects = new(_store, new ActorKeyring(new Dictionary<Home, byte[]> { [Be] = new byte[32] }), _compartments);
        _lag = new(_store);
        _indexer = new(_store, _compartments, new(new Dictionary<Home, byte[]>()), _time, NullLogger<LastSeenIndexer>.Instance);
        _retention = new(
            _store, _subjects, _lag, _time, TimeSpan.FromDays(RetentionDays), NullLogger<EvidenceRetention>.Instance);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        _indexer.Dispose();
        await _store.DisposeAsync();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Expired_RecordGoesAndTalliesStay()
    {
        await Push(batches: 3);
        var (before, asset) = (await Fold(), await FoldAsset());
        _time.Advance(TimeSpan.FromDays(RetentionDays + 2));
        await Push(batches: 1);
        await ReleasedAndListed(_store[Be].Head);
        (await _retention.RemoveExpired(default)).ShouldBe(3);
        (await _store[Be].ReadLedger(0, int.MaxValue, default)).Select(r => r.Position).ShouldBe([4L]);
        (await _store[Be].ReadRows(SubjectFamily.Indicator, Digest.Of(Value), 0, 100, default)).Count.ShouldBe(1);
        (await Fold()).ShouldNotBe(before);
        (await FoldAsset()).ShouldNotBe(asset);
        (await _retention.RemoveExpired(default)).ShouldBe(0);
    }

    [Fact]
    public async Task Expired_EveryStateIsByteForByteWhatItWasWithoutRetention()
    {
        await Push(batches: 40);
        _time.Advance(TimeSpan.FromDays(RetentionDays + 2));
        await Push(batches: 2);
        var (before, asset, joined) = (await Fold(), await FoldAsset(), await FoldJoined());
        await ReleasedAndListed(_store[Be].Head);
        (await _retention.RemoveExpired(default)).ShouldBe(40);
        (await Fold()).ShouldBe(before);
        (await FoldAsset()).ShouldBe(asset);
        (await FoldJoined()).ShouldBe(joined);
        (await _store[Be].ReadRows(SubjectFamily.Joined, Digest.Of(Supplier), 0, 100, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Expired_NothingNewCame_TheNewestRecordGoesToo()
    {
        await Push(batches: 3);
        var (before, asset) = (await Fold(), await FoldAsset());
        _time.Advance(TimeSpan.FromDays(RetentionDays + 2));
        await ReleasedAndListed(_store[Be].Head);
        (await _retention.RemoveExpired(default)).ShouldBe(3);
        (await _store[Be].ReadLedger(0, int.MaxValue, default)).ShouldBeEmpty();
        (await Fold()).ShouldBe(before);
        (await FoldAsset()).ShouldBe(asset);
        _store[Be].Head.ShouldBe(3);
    }

    [Fact]
    public async Task NotYetExpired_NothingGoes()
    {
        await Push(batches: 3);
        _time.Advance(TimeSpan.FromDays(RetentionDays + 1));
        await ReleasedAndListed(_store[Be].Head);
        (await _retention.RemoveExpired(default)).ShouldBe(0);
        _store[Be].RetiredTo.ShouldBe(0);
    }

    [Fact]
    public async Task NotYetReleased_NothingGoes()
    {
        await Push(batches: 3);
        _time.Advance(TimeSpan.FromDays(RetentionDays + 2));
        (await _retention.RemoveExpired(default)).ShouldBe(0);
        await ReleasedAndListed(released: 1);
        (await _retention.RemoveExpired(default)).ShouldBe(1);
    }

    [Fact]
    public async Task NotYetListed_NothingGoes()
    {
        await Push(batches: 3);
        _time.Advance(TimeSpan.FromDays(RetentionDays + 2));
        _lag.Report(Be, _store[Be].Head);
        (await _retention.RemoveExpired(default)).ShouldBe(0);
        await ReleasedAndListed(_store[Be].Head);
        (await _retention.RemoveExpired(default)).ShouldBe(3);
    }

    [Fact]
    public async Task ActorThatFoldsWhileEvidenceGoes_HasEverything()
    {
        await Push(batches: 30);
        // It knows the first rows only, as one does that was activated long ago.
        var early = _subjects.Fold<IndicatorTally>(Be, SubjectFamily.Indicator, Digest.Of(Value));
        await early.Refresh(default);
        await Push(batches: 30);
        _time.Advance(TimeSpan.FromDays(RetentionDays + 2));
        await Push(batches: 2);
        var expected = await Fold();
        await ReleasedAndListed(_store[Be].Head);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) (await Fold()).ShouldBe(expected);
        })).ToArray();
        (await _retention.RemoveExpired(default)).ShouldBe(60);
        await done.CancelAsync();
        await Task.WhenAll(readers);
        Bytes(await early.Refresh(default)).ShouldBe(expected);
    }

    [Fact]
    public async Task Expired_TrendsStayAndTheirRowsGo()
    {
        await Push(batches: 40);
        _time.Advance(TimeSpan.FromDays(RetentionDays + 2));
        await Push(batches: 2);
        var (technique, sector) = (await FoldTrend(Technique), await FoldTrend(Sector));
        await ReleasedAndListed(_store[Be].Head);
        (await _retention.RemoveExpired(default)).ShouldBe(40);
        (await FoldTrend(Technique)).ShouldBe(technique);
        (await FoldTrend(Sector)).ShouldBe(sector);
        (await _store[Be].ReadRows(SubjectFamily.Technique, Digest.Of(Technique), 0, 100, default)).Count.ShouldBe(2);
        (await _store[Be].ReadRows(SubjectFamily.Sector, Digest.Of(Sector), 0, 100, default)).Count.ShouldBe(1);
    }

    private async Task ReleasedAndListed(long released)
    {
        while (await _store[Be].LastSeen.ReadPosition(default) < _store[Be].Head) await _indexer.Step(_store[Be], default);
        _lag.Report(Be, released);
    }

    private async Task Push(int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            var builder = new SightingBatchBuilder(1);
            var draft = new SightingDraft
            {
                Id = new(++_next, 0, 0, new byte[8]),
                FirstSeen = Now(),
                LastSeen = Now(),
                MarkingIndex = builder.AddMarking(
                    new(Tlp.Green, Pap.Clear, Attribution.Named, [], null, null)),
                Asset = i % 2 == 0 ? new AssetStatement("srv-1", "energy", "", "", [], "Acme") : null,
            };
            draft.Observables.Add(Value);
            draft.Techniques.Add(Technique.Text);
            if (i % 3 == 0) draft.Observables.Add(Beside);
            draft.Normalise();
            builder.Add(draft);
            var header = new RecordHeader(RecordOperation.Sightings, "cert.be", "BE", 1, Now());
            await _store[Be].Commit(BatchPreparation.Prepare(builder.Build(), header), default);
        }
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<byte[]> Fold() => Bytes(
        await _subjects.Fold<IndicatorTally>(Be, SubjectFamily.Indicator, Digest.Of(Value)).Refresh(default));

    private async Task<byte[]> FoldAsset() => Bytes(
        await _subjects.Fold<AssetTally>(Be, SubjectFamily.Asset, Digest.OfAsset("cert.be", "srv-1")).Refresh(default));

    private async Task<byte[]> FoldJoined() => Bytes(
        await _subjects.Fold<IndicatorTally>(Be, SubjectFamily.Joined, Digest.Of(Supplier)).Refresh(default));

    private async Task<byte[]> FoldTrend(TrendName name) => Bytes(
        await _subjects.Fold<TrendTally>(Be, TrendFragments.FamilyOf(name.Kind), Digest.Of(name)).Refresh(default));

    private static byte[] Bytes<T>(Compartmented<T> knowledge) where T : class, IKnowledge<T>, new()
    {
        var writer = new ByteWriter();
        knowledge.Write(writer);
        return writer.ToArray();
    }
}
