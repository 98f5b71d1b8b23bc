using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>Snapshots follow the writes, nobody asking: so the first question about a much-seen value reads few rows.</summary>
public sealed class SnapshotWriterTests : IAsyncLifetime
{
    private static readonly Home Be = new("BE");
    private static readonly Observable Hot = new(ObservableType.DomainName, "evil.example");

    private readonly TempDirectory _directory = new();
    private readonly CompartmentCache _compartments = new();
    private EmbeddedStore _store = null!;
    private CountingStore _counting = null!;
    private SnapshotWriter _writer = null!;
    private int _next;

    public ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(new()
        {
            Directory = _directory.Path,
            Homes = [Be],
            Census = new LedgerMarkingCensus(_compartments),
        });
        _counting = new(_store);
        _writer = new(_store, SubjectsOf(_store), TimeProvider.System, NullLogger<SnapshotWriter>.Instance);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.StopAsync(default);
        _writer.Dispose();
        await _store.DisposeAsync();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task ValueAssetAndSectorSeenOften_HaveASnapshotWithoutAQuestion()
    {
        await _writer.StartAsync(default);
        await Push(255);
        (await Newest(Hot)).ShouldBe(0);
        await Push(1);
        await Eventually.Holds(async () => await Newest(Hot) == 256, "a snapshot of the value");
        var asset = Digest.OfAsset("cert.be", "srv-1");
        await Eventually.Holds(
            async () => (await _store[Be].ReadSnapshot(SubjectFamily.Asset, asset, default))?.Position == 256, "one of the asset");
        var sector = Digest.Of(TrendName.OfSector("energy")!.Value);
        await Eventually.Holds(
            async () => (await _store[Be].ReadSnapshot(SubjectFamily.Sector, sector, default))?.Position == 256, "one of the sector");
        await Push(256);
        await Eventually.Holds(async () => await Newest(Hot) == 512, "the next snapshot");
    }

    [Fact]
    public async Task FirstQuestion_ReadsWhatCameAfterTheSnapshot()
    {
        await _writer.StartAsync(default);
        await Push(512);
        await Eventually.Holds(async () => await Newest(Hot) == 512, "a snapshot of the value");
        await Push(3);
        var late = Fold(_counting);
        await late.Refresh(default);
        _counting.Calls[nameof(IHomeStore.ReadRecord)].ShouldBe(3);
    }

    [Fact]
    public async Task ActorThatSleptThroughMuch_GoesOnFromTheSnapshotAndKnowsTheSame()
    {
        await Push(1);
        var early = Fold(_counting);
        await early.Refresh(default);
        await Push(2_000);
        var expected = Bytes(await Fold(_store).Refresh(default));
        _counting.Calls.Clear();
        Bytes(await early.Refresh(default)).ShouldBe(expected);
        _counting.Calls[nameof(IHomeStore.ReadRecord)].ShouldBeLessThan(600);
    }

    [Fact]
    public void NamesThatNobodyTakes_AreBounded()
    {
        var grown = new GrownSubjects();
        for (var row = 0; row < 256 * (GrownSubjects.WaitingMax + 10); row++) grown.AddRow(SubjectFamily.Indicator, Digest.Of(Hot));
        grown.Publish();
        var taken = 0;
        for (var next = grown.Next(default); next.IsCompleted; next = grown.Next(default)) taken++;
        taken.ShouldBe(GrownSubjects.WaitingMax);
    }

    private SubjectFold<IndicatorTally> Fold(IGridStore store) =>
        SubjectsOf(store).Fold<IndicatorTally>(Be, SubjectFamily.Indicator, Digest.Of(Hot));

    private Subjects SubjectsOf(IGridStore store) =>
        new(store, new ActorKeyring(new Dictionary<Home, byte[]> { [Be] = new byte[32] }), _compartments);

    private async Task<long> Newest(Observable value) =>
        (await _store[Be].ReadSnapshot(SubjectFamily.Indicator, Digest.Of(value), default))?.Position ?? 0;

    // One row of the value and one of the asset per batch; their folds read the record.
    private async Task Push(int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            var builder = new SightingBatchBuilder(1);
            var draft = new SightingDraft
            {
                Id = new(++_next, 0, 0, new byte[8]),
                MarkingIndex = builder.AddMarking(new(Tlp.Green, Pap.Clear, Attribution.Named, [], null, null)),
                Asset = new AssetStatement("srv-1", "energy", "", "", [], ""),
            };
            draft.Observables.AddRange([Hot, new(ObservableType.Ipv4Addr, $"198.51.100.{_next % 200}")]);
            draft.Normalise();
            builder.Add(draft);
            var header = new RecordHeader(RecordOperation.Sightings, "cert.be", "BE", 1, 0);
            await _store[Be].Commit(BatchPreparation.Prepare(builder.Build(), header), default);
        }
    }

    private static byte[] Bytes(Compartmented<IndicatorTally> knowledge)
    {
        var writer = new ByteWriter();
        knowledge.Write(writer);
        return writer.ToArray();
    }
}
