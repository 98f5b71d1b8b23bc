using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Tests.Unit.Store;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Grains.Ledger.ItemFate;

namespace CrossBorderSoc.Tests.Unit.Intake;

/// <summary>DESIGN 3.1.7 from preparation to disk: an owner's markings on one observable are bounded, counted by the domain.</summary>
public sealed class MarkingsTests : IAsyncDisposable
{
    private const int Max = Bounds.MarkingsPerOwnerMax;
    private const string Hot = "198.51.100.7";
    private const string Fresh = "198.51.100.8";

    private readonly CompartmentCache _compartments = new();
    private readonly TempDirectory _directory = new();
    private readonly EmbeddedStore _store;
    private int _next = 1;

    public MarkingsTests() => _store = EmbeddedStore.Open(new()
    {
        Directory = _directory.Path,
        Homes = [new("BE"), Home.Hub],
        Census = new LedgerMarkingCensus(_compartments),
    });

    private IHomeStore Belgium => _store[new("BE")];

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Push_OneMarkingTooMany_IsRefusedOnThatObservableOfThatOwnerAlone()
    {
        await FillTheBound();
        await OnlyOneMoreIsRefused();
    }

    [Fact]
    public async Task Push_MarkingsThatOnlyASnapshotHolds_CountToo()
    {
        await FillTheBound();
        var through = Belgium.Head;
        await Fates("c.be", Said(Fresh, 0));
        var subject = Digest.Of(new Observable(ObservableType.Ipv4Addr, Hot));
        var snapshot = await new SubjectFold<IndicatorTally>(Belgium, SubjectFamily.Indicator, subject, _compartments)
            .RefreshSnapshot(default);
        await Belgium.RetireRows(SubjectFamily.Indicator, subject, snapshot, null, through, default);
        (await Belgium.ReadRows(SubjectFamily.Indicator, subject, 0, 1_000, default)).ShouldBeEmpty();
        await OnlyOneMoreIsRefused();
    }

    private async Task FillTheBound()
    {
        (await Fates("a.be", [.. Enumerable.Range(0, Max).Select(marking => Said(Hot, marking))])).ShouldAllBe(fate => fate == Accepted);
        (await Fates("b.be", [.. Enumerable.Range(Max, Max - 1).Select(marking => Said(Hot, marking))]))
            .ShouldAllBe(fate => fate == Accepted);
    }

    private async Task OnlyOneMoreIsRefused()
    {
        (await Fates("a.be", Said(Hot, Max), Said(Hot, Max - 1), Said(Fresh, Max), Said(Fresh, 0)))
            .ShouldBe([TooManyMarkings, Accepted, Accepted, Accepted]);
        (await Fates("a.be", Said(Hot, Max + 1) with { Observables = [.. Said(Fresh, 0).Observables, .. Said(Hot, 0).Observables] }))
            .ShouldBe([TooManyMarkings], "of two observables one is full");
        (await Fates("b.be", Said(Hot, 3 * Max), Said(Hot, 3 * Max + 1))).ShouldBe([Accepted, TooManyMarkings]);
    }

    private Sighting Said(string address, int marking) =>
        Pushed.Sighting(_next++, address) with { Marking = Pushed.Marking(marking) };

    private async Task<ItemFate[]> Fates(string owner, params Sighting[] sightings) =>
        (await Belgium.Commit(Pushed.Batch(owner, sightings), TestContext.Current.CancellationToken)).Fates;
}
