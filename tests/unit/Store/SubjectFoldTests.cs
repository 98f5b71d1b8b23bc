using System.Reflection;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>Snapshots are derived: that they cannot be written stops no answer.</summary>
public sealed class SubjectFoldTests : IAsyncLifetime
{
    private static readonly Home Be = new("BE");
    private static readonly Observable Value = new(ObservableType.DomainName, "evil.example");
    private readonly TempDirectory _directory = new();
    private readonly CompartmentCache _compartments = new();
    private EmbeddedStore _store = null!;

    public ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(new() { Directory = _directory.Path, Homes = [Be], Census = new LedgerMarkingCensus(_compartments) });
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Refresh_SnapshotCannotBeWritten_AnswersAllTheSame()
    {
        for (var i = 0; i < 300; i++) await _store[Be].Commit(Batch(i), default);
        var full = DispatchProxy.Create<IHomeStore, FullDisk>();
        ((FullDisk)(object)full).Store = _store[Be];
        SubjectFold<IndicatorTally> fold = new(full, SubjectFamily.Indicator, Digest.Of(Value), _compartments);
        (await fold.RefreshSnapshot(default)).Position.ShouldBe(300);
        ((FullDisk)(object)full).Refused.ShouldBe(1);
    }

    private static PreparedBatch Batch(int number)
    {
        var builder = new SightingBatchBuilder(1);
        var draft = new SightingDraft
        {
            Id = new(number, 0, 0, new byte[8]),
            MarkingIndex = builder.AddMarking(new(Tlp.Green, Pap.Clear, Attribution.Named, [], null, null)),
        };
        draft.Observables.Add(Value);
        draft.Normalise();
        builder.Add(draft);
        return BatchPreparation.Prepare(builder.Build(), new(RecordOperation.Sightings, "cert.be", "BE", 1, 1));
    }

    /// <summary>A store that reads and cannot write a snapshot.</summary>
    public class FullDisk : DispatchProxy
    {
        internal IHomeStore Store { get; set; } = null!;

        internal int Refused { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name != nameof(IHomeStore.WriteSnapshot)) return targetMethod.Invoke(Store, args);
            Refused++;
            throw new StoreUnavailableException("No space left on device");
        }
    }
}
