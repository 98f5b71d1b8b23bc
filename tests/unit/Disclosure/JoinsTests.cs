using System.Text.Json;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Tests.Model.Generation;
using CrossBorderSoc.Tests.Unit.Store;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MS = CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>Assets' software and supplier are joins, too: one supplier, airports in four cities (decision 0014).</summary>
public class JoinsTests
{
    private const string Centre = "centre.at";
    private const string Onlooker = "onlooker.it";
    private static readonly Observable Supplier = new(ObservableType.Supplier, "collins aerospace");
    private static readonly Observable Shared = Domain("shared.example");
    private static readonly JsonSerializerOptions WithTuples = new() { IncludeFields = true };
    private static readonly string[] Airports = ["airport.be", "airport.de", "airport.fr", "airport.nl"];
    private static readonly string[] Spellings = ["Collins Aerospace", "collins aerospace", "COLLINS  Aerospace", " Collins Aerospace"];

    [Fact]
    public void OneSupplier_AirportsInFourCities_IsOneIncidentOfWhoSeesThemInFull()
    {
        var (grid, asking) = Ask(Four(withAssets: true), Centre);
        var incident = grid.Incident(Supplier, asking, At).ShouldNotBeNull();
        incident.Core.Select(node => node.Observable).ShouldBe([Shared, Supplier]);
        incident.Core.Single(node => node.Observable == Supplier).MemberStates.ShouldBe(["BE", "DE", "FR", "NL"]);
        incident.Links.ShouldBe([(Shared, Supplier)]);
        incident.Fringe.ShouldBe([.. Airports.Select(airport => Domain("only." + airport)).Order()]);
        grid.Incident(Shared, asking, At).ShouldNotBeNull().Core.Select(node => node.Observable).ShouldBe([Shared, Supplier]);

        var (view, _) = grid.Indicator(Supplier, asking, At);
        view.TalliesByKind.ShouldHaveSingleItem().Tally.Count.ShouldBe(6);
        view.Assets.Select(asset => asset.Owner).Distinct().Order().ShouldBe(Airports);
        view.Markings.ShouldAllBe(marking => marking.Level == DisclosureLevel.Full);
        grid.Indicator(Shared, asking, At).View.Neighbours.ShouldContain(list => list.Type == ObservableType.Supplier);
        grid.Evidence(Supplier, asking, At).Count.ShouldBe(6);
        var lists = new ComposedLists(grid);
        lists.Incidents(asking, At, ListModelTests.Everything, size: 10).Single().Entries.ShouldHaveSingleItem();
        lists.Indicators(asking, At, ListModelTests.Everything, size: 10).SelectMany(page => page.Entries)
            .Select(entry => entry.Observable).ShouldContain(Supplier);
    }

    [Theory]
    [InlineData(Onlooker)]
    [InlineData("nobody.lu")]
    public void OneSupplier_OfSightingsSeenInPartOrNot_IsNowhere(string caller)
    {
        Everything(Four(withAssets: true), caller).ShouldBe(Everything(Four(withAssets: false), caller));
        var (grid, asking) = Ask(Four(withAssets: true), caller);
        grid.Indicator(Supplier, asking, At).View.IsEmpty.ShouldBeTrue();
        grid.Incident(Supplier, asking, At).ShouldBeNull();
        grid.Evidence(Supplier, asking, At).ShouldBeEmpty();
    }

    [Fact]
    public void Owner_SeesTheSupplierOfItsOwnAssetsOnly()
    {
        var (grid, asking) = Ask(Four(withAssets: true), "airport.be");
        grid.Indicator(Supplier, asking, At).View.TalliesByJurisdiction.ShouldHaveSingleItem().Jurisdiction.ShouldBe("BE");
        grid.Incident(Supplier, asking, At).ShouldBeNull();
    }

    [Fact]
    public void Supplier_ThatTheSightingNamesItself_CountsOnce()
    {
        var named = Seen("airport.be", 1, Shared, Supplier);
        var world = Four(withAssets: true).With([named]);
        var (grid, asking) = Ask(world, Centre);
        var (view, _) = grid.Indicator(Supplier, asking, At);
        view.TalliesByKind.ShouldHaveSingleItem().Tally.Count.ShouldBe(1);
        grid.Evidence(Supplier, asking, At).ShouldHaveSingleItem();
        // By the marking's reach, as any value that a sighting names.
        var (_, inPart) = Ask(world, Onlooker);
        grid.Indicator(Supplier, inPart, At).View.TalliesByKind.ShouldHaveSingleItem().Tally.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Change_OfAValueThatIsNoCore_TellsTheIncidentOfItsSupplier()
    {
        var (grid, asking) = Ask(Four(withAssets: true), Centre);
        Task<IReadOnlyList<Correlation>> Look(IReadOnlyList<Observable> nodes) =>
            Task.FromResult<IReadOnlyList<Correlation>>([.. nodes.Select(node => grid.Correlation(node, asking, At))]);
        var around = await Surroundings.Of(new(At, Domain("only.airport.nl")), [new(At, _ => false)], new(At, _ => false), Look);
        around.Gone.ShouldBeEmpty();
        around.Incidents.ShouldHaveSingleItem().Core.Select(node => node.Observable).ShouldContain(Supplier);
        (await Surroundings.Of(new(At, Domain("absent.example")), [new(At, _ => false)], new(At, _ => false), Look))
            .Incidents.ShouldBeEmpty();
    }

    [Fact]
    public void Asset_TextsWithoutACanonicalForm_JoinNothing()
    {
        var asset = new AssetStatement("srv", "", "", "", ["not a cpe", "cpe:2.3:a:*:*:*:*:*:*:*:*:*:*", "cpe:/a:x:y:1"], " \t ");
        AssetJoins.Of(asset, []).ShouldBe([new(ObservableType.Software, "cpe:2.3:a:x:y:1:*:*:*:*:*:*:*")]);
        AssetJoins.Of(null, []).ShouldBeEmpty();
    }

    [Fact]
    public async Task Row_OfBeforeAssetsJoinedAnything_JoinsNothing()
    {
        foreach (var isOld in (bool[])[false, true])
        {
            var (stores, compartments) = (new MemoryGridStore([new("BE")]), new CompartmentCache());
            var batch = Prepared(Seen("airport.be", 0, Shared).ToProduct());
            var bytes = batch.FragmentContent.ToArray();
            // The flag, in the first byte.
            if (isOld) foreach (var fragment in batch.Fragments) bytes[fragment.Start] &= 3;
            await stores[new("BE")].Commit(batch with { FragmentContent = bytes }, default);
            var fold = new SubjectFold<IndicatorTally>(stores[new("BE")], SubjectFamily.Indicator, Digest.Of(Shared), compartments);
            var view = (await fold.Refresh(default)).DiscloseIndicator(
                new(new("airport.be"), Samples.Policy()), Shared.Type, At, Reading.DomesticAtHome).View;
            view.Neighbours.IsEmpty.ShouldBe(isOld);
            view.TalliesByKind.ShouldHaveSingleItem();
        }
    }

    private static long At => Palette.Noon.ToUnixTimeMilliseconds();

    private static string Everything(M.World world, string caller)
    {
        var (grid, asking) = Ask(world, caller);
        Observable[] values = [Supplier, Shared, .. Airports.Select(airport => Domain("only." + airport))];
        var lists = new ComposedLists(grid);
        return JsonSerializer.Serialize((
            values.Select(value => grid.Indicator(value, asking, At)).Select(each => (each.View, each.Asked)).ToList(),
            values.Select(value => grid.Incident(value, asking, At)).ToList(),
            values.Select(value => grid.Evidence(value, asking, At)).ToList(),
            lists.Indicators(asking, At, ListModelTests.Everything, size: 2),
            lists.Incidents(asking, At, ListModelTests.Everything, size: 2)), WithTuples);
    }

    private static (ComposedGrid Grid, Clearance Asking) Ask(M.World world, string caller)
    {
        var grid = new ComposedGrid(world);
        return (grid, new(new(caller), grid.History));
    }

    // Each airport has a value of its own; two share one. All of it AMBER, on assets of one supplier.
    private static M.World Four(bool withAssets)
    {
        var organisations = Airports.Append(Centre).Append(Onlooker)
            .Select(id => new M.Policy.Organisation(id, id[^2..].ToUpperInvariant(), "essential-entity", [], [])).ToList();
        var agreements = Airports.SelectMany(airport => new[]
        {
            Agreed(airport, Centre, MS.Level.Full), Agreed(airport, Onlooker, MS.Level.Redacted),
        });
        var sightings = Airports.Select((airport, i) => Seen(airport, i, Domain("only." + airport)))
            .Append(Seen("airport.be", 0, Shared)).Append(Seen("airport.de", 1, Shared));
        return new(
            [new(1, Palette.Noon.AddDays(-30), organisations, [.. agreements])],
            [.. sightings.Select(each => withAssets ? each : each with { Asset = null })], Palette.Noon);
    }

    private static M.Policy.Agreement Agreed(string provider, string consumer, MS.Level level) => new(
        $"{provider}-{consumer}", provider, consumer, level, MS.Tlp.Amber, [], [], Palette.Noon.AddDays(-30));

    private static MS.Sighting Seen(string owner, int spelling, params Observable[] observables) => IncidentModelTests.Template with
    {
        Id = Guid.NewGuid().ToString(),
        Owner = owner,
        Observables = [.. observables.Select(each => each.ToModel()).Order()],
        Marking = new(MS.Tlp.Amber, MS.Pap.Clear, MS.Attribution.Jurisdiction, []),
        Asset = new("muse-1", "transport", Supplier: Spellings[spelling]),
    };

    private static PreparedBatch Prepared(Sighting sighting)
    {
        var builder = new SightingBatchBuilder(1);
        var draft = new SightingDraft
        {
            Id = sighting.Id,
            Asset = sighting.Asset,
            Kind = sighting.Kind,
            FirstSeen = sighting.FirstSeen,
            LastSeen = sighting.LastSeen,
            MarkingIndex = builder.AddMarking(sighting.Marking),
        };
        draft.Observables.AddRange(sighting.Observables);
        builder.Add(draft);
        return BatchPreparation.Prepare(builder.Build(), new(RecordOperation.Sightings, "airport.be", "BE", 1, 0));
    }

    private static Observable Domain(string name) => new(ObservableType.DomainName, name);
}
