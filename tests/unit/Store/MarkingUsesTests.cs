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

/// <summary>What one owner adds to the compartments of an observable is bounded, whichever part it varies.</summary>
public sealed class MarkingUsesTests : IAsyncLifetime
{
    private static readonly Home Be = new("BE");
    private static readonly Observable Value = new(ObservableType.DomainName, "evil.example");
    private static readonly ObservableType[] Others =
        [.. Enum.GetValues<ObservableType>().Where(t => t != default && t != ObservableType.DomainName).Take(7)];

    private readonly TempDirectory _directory = new();
    private readonly CompartmentCache _compartments = new();
    private EmbeddedStore _store = null!;
    private int _next;

    public ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(new()
        {
            Directory = _directory.Path,
            Homes = [Be],
            Census = new LedgerMarkingCensus(_compartments),
        });
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Commit_OneMarkingWithManyKindsAndTypes_IsBounded()
    {
        var fates = await Push([.. Enumerable.Range(0, 3 * 128).Select(n => Said(n % 3, n / 3))]);
        fates.Take(Bounds.MarkingsPerOwnerMax).ShouldAllBe(fate => fate == ItemFate.Accepted);
        fates.Skip(Bounds.MarkingsPerOwnerMax).ShouldAllBe(fate => fate == ItemFate.TooManyMarkings);
        (await Compartments()).ShouldBe(Bounds.MarkingsPerOwnerMax);
        // Another start: what is counted is what is stored, and what was used before may be used again.
        await _store.DisposeAsync();
        await InitializeAsync();
        (await Push([Said(0, 0), Said(0, 127), Said(2, 1)])).ShouldBe(
            [ItemFate.Accepted, ItemFate.TooManyMarkings, ItemFate.Accepted]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_ContributionsUnderOneMarking_AreEachCounted_BesideSightings(bool areFolded)
    {
        (await Push([Said(0, 0), .. Enumerable.Repeat(Contributed, 200)])).ShouldAllBe(fate => fate == ItemFate.Accepted);
        if (areFolded)
        {
            var fold = new SubjectFold<IndicatorTally>(_store[Be], SubjectFamily.Indicator, Digest.Of(Value), _compartments);
            await _store[Be].WriteSnapshot(SubjectFamily.Indicator, Digest.Of(Value), await fold.RefreshSnapshot(default), default);
        }
        // Another start: they are counted from what is stored.
        await _store.DisposeAsync();
        await InitializeAsync();
        var fates = await Push([.. Enumerable.Repeat(Contributed, 60), Said(0, 0)]);
        fates.Count(fate => fate == ItemFate.Accepted).ShouldBe(Bounds.MarkingsPerOwnerMax - 201 + 1);
        fates[^1].ShouldBe(ItemFate.Accepted, "a marking that was used before may be used again");
    }

    [Fact]
    public async Task Commit_RowsOfManyChunks_AreAllCounted()
    {
        for (var n = 0; n < Bounds.MarkingsPerOwnerMax + 40; n++)
            await Push([Said(0, n % 64), Said(1, n % 64), Said(2, n % 64)]);
        await _store.DisposeAsync();
        await InitializeAsync();
        // 192 uses on this value; the owner has too many in all, so they are counted from the rows.
        await Push([.. Enumerable.Range(0, 128).Select(n => Said(0, n) with { Subject = new(ObservableType.DomainName, "o.example") })]);
        var fates = await Push([.. Enumerable.Range(64, 64).Select(n => Said(0, n)), Said(1, 64), Said(2, 63)]);
        fates.Take(64).ShouldAllBe(fate => fate == ItemFate.Accepted);
        fates.Skip(64).ShouldBe([ItemFate.TooManyMarkings, ItemFate.Accepted]);
    }

    [Fact]
    public void Census_BoundExceeded_ReadsNoFurther()
    {
        var read = 0;
        var builder = new SightingBatchBuilder(1);
        builder.Add(new() { Kind = SightingKind.Positive, Observables = { Value } });
        var item = builder.Build().Item(0);
        new LedgerMarkingCensus(_compartments).MarkingsOf("a.be", null, Rows()).Count.ShouldBe(Bounds.MarkingsPerOwnerMax + 1);
        read.ShouldBeInRange(Bounds.MarkingsPerOwnerMax + 1, Bounds.MarkingsPerOwnerMax + 2);

        IEnumerable<Row> Rows()
        {
            for (read = 1; ; read++)
            {
                var compartment = new Compartment("a.be", "BE", Marking(read), SightingKind.Positive, 1,
                    ObservableTypeSet.Of(ObservableType.DomainName));
                var fragment = new CrossBorderSoc.Contracts.Encoding.ByteWriter();
                Fragment.Write(fragment, 0, new(item.Span), compartment.Encoded);
                yield return new(read, [new(read, fragment.ToArray())]);
            }
        }
    }

    private static Marking Marking(int number) => new(Tlp.Green, Pap.Clear, Attribution.Named, [], number, null);

    private static What Contributed => new(Value, SightingKind.Contribution, 0);

    private static What Said(int kind, int others) => new(Value, (SightingKind)(kind + 1), others);

    private async Task<ItemFate[]> Push(params What[] said)
    {
        var builder = new SightingBatchBuilder(said.Length);
        foreach (var one in said)
        {
            var draft = new SightingDraft { Id = new(++_next, 0, 0, new byte[8]), Kind = one.Kind, MarkingIndex = builder.AddMarking(Marking(1)) };
            if (one.Kind == SightingKind.Contribution) draft.Contribution = new(ContributionKind.Note, 0, "", "", "");
            draft.Observables.Add(one.Subject);
            for (var bit = 0; bit < Others.Length; bit++)
                if ((one.Others >> bit & 1) != 0) draft.Observables.Add(new(Others[bit], $"beside-{_next}"));
            draft.Normalise();
            builder.Add(draft);
        }
        var header = new RecordHeader(RecordOperation.Sightings, "a.be", "BE", 1, 0);
        return (await _store[Be].Commit(BatchPreparation.Prepare(builder.Build(), header), default)).Fates;
    }

    private async Task<int> Compartments()
    {
        var rows = await _store[Be].ReadRows(SubjectFamily.Indicator, Digest.Of(Value), 0, int.MaxValue, default);
        return rows.SelectMany(row => row.Fragments)
            .Select(fragment => Convert.ToHexString(new Fragment(fragment.Content.Span).Compartment)).Distinct().Count();
    }

    private sealed record What(Observable Subject, SightingKind Kind, int Others);
}
