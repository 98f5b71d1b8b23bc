using System.Reflection;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>
/// A fold that failed half-way knows afterwards what one that never failed knows: nothing counts twice. Snapshots are derived: that
/// they cannot be written stops no answer.
/// </summary>
public sealed class SubjectFoldTests : IAsyncLifetime
{
    private static readonly Home Be = new("BE");
    private static readonly Observable Value = new(ObservableType.DomainName, "evil.example");
    private static readonly Observable Beside = new(ObservableType.Ipv4Addr, "198.51.100.7");

    private readonly TempDirectory _directory = new();
    private readonly CompartmentCache _compartments = new();
    private EmbeddedStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(new()
        {
            Directory = _directory.Path,
            Homes = [Be],
            Census = new LedgerMarkingCensus(_compartments),
        });
        foreach (var number in Enumerable.Range(1, 3)) await Push(number);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _directory.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Refresh_AfterARowBrokeInItsMiddle_CountsEverySightingOnce(int broken)
    {
        var store = FailingStore.Around(_store[Be]);
        var fold = Fold(store);
        // The first of the row's two sightings can be added, the second cannot.
        store.On("ReadRecord", broken, found => ((ValueTask<LedgerRecord?>)found!).Cut());
        await Should.ThrowAsync<Exception>(async () => await fold.Refresh(default));
        Bytes(await fold.Refresh(default)).ShouldBe(Bytes(await Fold(_store[Be]).Refresh(default)));
        Bytes(await fold.Refresh(default)).ShouldBe(Bytes(await Fold(_store[Be]).Refresh(default)));
    }

    [Theory]
    [InlineData("ReadSnapshot", 1)]
    [InlineData("ReadRows", 1)]
    [InlineData("ReadRecord", 1)]
    [InlineData("ReadRecord", 3)]
    public async Task Refresh_StoreThatFailsOnce_IsUnavailableAndThenWhole(string read, int call)
    {
        var store = FailingStore.Around(_store[Be]);
        var fold = Fold(store);
        store.On(read, call, _ => throw new StoreUnavailableException("once"));
        await Should.ThrowAsync<GridUnavailableException>(async () => await fold.Refresh(default));
        Bytes(await fold.Refresh(default)).ShouldBe(Bytes(await Fold(_store[Be]).Refresh(default)));
    }

    [Fact]
    public async Task Refresh_SnapshotCannotBeWritten_AnswersAllTheSame()
    {
        foreach (var number in Enumerable.Range(4, 297)) await Push(number);
        var full = FailingStore.Around(_store[Be]);
        full.On("WriteSnapshot", 1, _ => throw new StoreUnavailableException("No space left on device"));
        (await Fold(full).RefreshSnapshot(default)).Position.ShouldBe(300);
        full.Asked.ShouldBe(1);
    }

    private SubjectFold<IndicatorTally> Fold(object store) =>
        new((IHomeStore)store, SubjectFamily.Indicator, Digest.Of(Value), _compartments);

    // Two sightings that name more than the value: one row whose fold reads the record.
    private async Task Push(int number)
    {
        var builder = new SightingBatchBuilder(2);
        foreach (var each in new[] { 2 * number, 2 * number + 1 })
        {
            var draft = new SightingDraft
            {
                Id = new(each, 0, 0, new byte[8]),
                MarkingIndex = builder.AddMarking(new(Tlp.Green, Pap.Clear, Attribution.Named, [], null, null)),
            };
            draft.Observables.AddRange([Value, Beside]);
            draft.Normalise();
            builder.Add(draft);
        }
        var header = new RecordHeader(RecordOperation.Sightings, "cert.be", "BE", 1, 0);
        (await _store[Be].Commit(BatchPreparation.Prepare(builder.Build(), header), default)).Fates.Length.ShouldBe(2);
    }

    private static byte[] Bytes(Compartmented<IndicatorTally> knowledge)
    {
        var writer = new ByteWriter();
        knowledge.Write(writer);
        return writer.ToArray();
    }
}

/// <summary>A store, but one call of one of its members goes wrong.</summary>
public class FailingStore : DispatchProxy
{
    private IHomeStore _store = null!;
    private string _member = "";
    private int _call;
    private Func<object?, object?> _fail = found => found;

    /// <summary>How often the member that goes wrong was called.</summary>
    public int Asked { get; private set; }

    public static FailingStore Around(IHomeStore store)
    {
        var failing = (FailingStore)(object)Create<IHomeStore, FailingStore>();
        failing._store = store;
        return failing;
    }

    public void On(string member, int call, Func<object?, object?> fail) =>
        (_member, _call, _fail) = (member, call, fail);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var isNow = targetMethod!.Name == _member && ++Asked == _call;
        var found = targetMethod.Invoke(_store, args);
        return isNow ? _fail(found) : found;
    }
}

internal static class CutRecord
{
    /// <summary>The record without its last item.</summary>
    public static async ValueTask<LedgerRecord?> Cut(this ValueTask<LedgerRecord?> found)
    {
        var record = (await found)!;
        return record with { Items = [.. record.Items.SkipLast(1)] };
    }
}
