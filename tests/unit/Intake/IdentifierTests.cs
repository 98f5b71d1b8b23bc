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

/// <summary>
/// DESIGN 3.1.6 from preparation to disk: "Same identifier, same content: a duplicate. Same identifier, other content: rejected".
/// </summary>
public sealed class IdentifierTests : IAsyncDisposable
{
    private static readonly Sighting Said = Pushed.Sighting(1);

    private static readonly Dictionary<string, Func<Sighting, Sighting>> Changes = new()
    {
        ["observable"] = one => one with { Observables = [new(ObservableType.Ipv4Addr, "198.51.100.8")] },
        ["type"] = one => one with { Observables = [new(ObservableType.DomainName, "198.51.100.7")] },
        ["more observables"] = one => one with { Observables = [.. one.Observables, new(ObservableType.DomainName, "a.example")] },
        ["no asset"] = one => one with { Asset = null },
        ["asset"] = one => one with { Asset = one.Asset! with { Id = "srv-2" } },
        ["supplier"] = one => one with { Asset = one.Asset! with { Supplier = "" } },
        ["software"] = one => one with { Asset = one.Asset! with { Software = [] } },
        ["first seen"] = one => one with { FirstSeen = one.FirstSeen + 1 },
        ["last seen"] = one => one with { LastSeen = one.LastSeen + 1 },
        ["count"] = one => one with { Count = one.Count + 1 },
        ["kind"] = one => one with { Kind = SightingKind.FalsePositive },
        ["confidence"] = one => one with { Confidence = 51 },
        ["tlp"] = one => one with { Marking = one.Marking with { Tlp = Tlp.Amber } },
        ["pap"] = one => one with { Marking = one.Marking with { Pap = Pap.Red } },
        ["attribution"] = one => one with { Marking = one.Marking with { Attribution = Attribution.Jurisdiction } },
        ["recipients"] = one => one with { Marking = one.Marking with { Recipients = [] } },
        ["embargo"] = one => one with { Marking = one.Marking with { EmbargoUntil = 1 } },
        ["expiry"] = one => one with { Marking = one.Marking with { ExpiresAt = 1 } },
        ["techniques"] = one => one with { Techniques = [] },
        ["description"] = one => one with { Description = "Seen" },
        ["source"] = one => one with { SourceRef = "" },
    };

    private readonly TempDirectory _directory = new();
    private readonly EmbeddedStore _store;

    public IdentifierTests() => _store = EmbeddedStore.Open(new()
    {
        Directory = _directory.Path,
        Homes = [new("BE"), Home.Hub],
        Census = new LedgerMarkingCensus(new CompartmentCache()),
    });

    public static TheoryData<string> Fields => [.. Changes.Keys];

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Push_SameContentInAnotherBatch_IsADuplicate()
    {
        await Fates("a.be", Said);
        var marked = Pushed.Sighting(2) with { Marking = Pushed.Marking(7) };
        (await Fates("a.be", marked, Said)).ShouldBe([Accepted, Duplicate], "its marking has another place in the batch's table");
        _store[new("BE")].Head.ShouldBe(2);
        (await Fates("a.be", Said, marked)).ShouldBe([Duplicate, Duplicate]);
        _store[new("BE")].Head.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Push_SameIdentifierOneFieldChanged_IsAConflict(string field)
    {
        var other = Changes[field](Said);
        await Fates("a.be", Said);
        (await Fates("a.be", other)).ShouldBe([Conflict]);
        (await Fates("a.be", Said)).ShouldBe([Duplicate], "the first one stands");
        (await Fates("b.be", other, Said, other)).ShouldBe([Accepted, Conflict, Duplicate], "of another owner, and the first one wins");
    }

    private async Task<ItemFate[]> Fates(string owner, params Sighting[] sightings) =>
        (await _store[new("BE")].Commit(Pushed.Batch(owner, sightings), TestContext.Current.CancellationToken)).Fates;
}
