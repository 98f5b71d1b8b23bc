using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Incidents;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>
/// An identifier leads whoever sees the incident to it, whatever was shown to others; and of which value it is stands only where the value may.
/// </summary>
public sealed class IncidentNamesTests : IAsyncLifetime
{
    private static readonly Organisation Second = Consortium.Be with { Id = "soc2.be" };
    private static readonly Observable Value = new(ObservableType.DomainName, "value.example");
    private static readonly Observable Other = new(ObservableType.DomainName, "other.example");
    private static readonly Observable Supplier = new(ObservableType.Supplier, "collins aerospace");

    private readonly Saying _say = new(TimeProvider.System.GetUtcNow(), 1);
    private TestGrid _grid = null!;
    private GridGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _grid = await TestGrid.Start([.. Consortium.All, Second], Consortium.Agreements, new SiloPlan("one", "hub", "BE", "DE", "FR"));
        _gateway = await GridGateway.Start(_grid, "one");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _grid.DisposeAsync();
    }

    [Fact]
    public async Task ReleasedValue_IsFoundByWhoSeesTheIncident_ThoughNobodyWasShownIt()
    {
        await _grid.Push("one", Consortium.Be.Id, "BE", new TestSighting(1, Tlp.Green, Value));
        await _grid.Push("one", Consortium.De.Id, "DE", new TestSighting(2, Tlp.Red, Value));
        await _grid.ReleasesCaughtUp();
        (await _grid.FindIncident("one", Consortium.Fr, Id(Value))).ShouldBe(Value, "seen, though no incident yet");
        (await Get("soc.fr", Id(Value))).ShouldBe(StatusCode.NotFound);
        await _grid.Push("one", Consortium.De.Id, "DE", new TestSighting(3, Tlp.Green, Value));
        await _grid.ReleasesCaughtUp();
        (await Get("soc.fr", Id(Value))).ShouldBe(StatusCode.OK);
        (await Documents()).ShouldBeEmpty();
    }

    [Fact]
    public async Task ValueOfOthers_IsNotFound_ThoughTheHubKnowsIt()
    {
        var forDe = _say.Sighting(V1.Tlp.AmberStrict, Value.Text);
        forDe.Marking.Recipients.Add("organisation:" + Consortium.De.Id);
        (await _gateway.Ask("soc.be", _say.Batch(forDe))).Code.ShouldBe(StatusCode.OK);
        await _grid.ReleasesCaughtUp();
        (await _grid.FindIncident("one", Consortium.De, Id(Value))).ShouldBe(Value);
        (await _grid.FindIncident("one", Consortium.Fr, Id(Value))).ShouldBeNull();
    }

    [Fact]
    public async Task OpenedAtHome_IsFoundByWhoSeesIt_AndStandsInNoOtherHome()
    {
        var opened = _say.Contribution(V1.Tlp.Red, V1.ContributionKind.Opened, Value.Text);
        opened.Marking.Recipients.Add("organisation:" + Second.Id);
        (await _gateway.Ask("soc.be", Saying.Contribute(opened))).Code.ShouldBe(StatusCode.OK);
        await _grid.ReleasesCaughtUp();
        (await Get("soc2.be", Id(Value))).ShouldBe(StatusCode.OK, "nobody has looked at it before");
        (await Get("soc.be", Id(Value))).ShouldBe(StatusCode.OK);
        (await Get("soc.de", Id(Value))).ShouldBe(StatusCode.NotFound);
        (await Get("soc.fr", Id(Value))).ShouldBe(StatusCode.NotFound);
        (await Documents()).ShouldBe(["BE"]);
        (await NamedIncidents.Find(StoreOf(Home.Hub).LastSeen, IncidentId.HashOf(KeyAtHub(Value)), default)).ShouldBeNull();
    }

    [Fact]
    public async Task WhatAssetsJoin_IsFoundByWhomItWasShown_AndStandsWhereTheAssetsAre()
    {
        AssetStatement asset = new("srv-1", "aviation", "", "", [], Supplier.Text);
        await _grid.Push("one", Consortium.Be.Id, "BE", new TestSighting(1, Tlp.Green, Value) { Asset = asset });
        await _grid.Push("one", Consortium.De.Id, "DE", new TestSighting(2, Tlp.Green, Other) { Asset = asset });
        await _grid.ReleasesCaughtUp();
        (await _grid.FindIncident("one", Consortium.De, Id(Supplier))).ShouldBeNull();
        var (_, id) = (await _grid.IncidentAround("one", Consortium.De, Supplier)).ShouldNotBeNull();
        id.ShouldBe(Id(Supplier));
        (await _grid.FindIncident("one", Consortium.De, id)).ShouldBe(Supplier);
        (await _grid.FindIncident("one", Consortium.Be, id)).ShouldBeNull("kept for the one whom it was shown");
        (await _grid.FindIncident("one", Consortium.Fr, id)).ShouldBeNull();
        (await StoreOf(Home.Hub).ReadDocument("incident " + KeyAtHub(Supplier), default)).ShouldBeNull();
    }

    private async Task<StatusCode> Get(string organisation, string id) => (await _gateway.Ask(organisation, new(
        V1.AnalysisService.Descriptor.FindMethodByName("GetIncident"), new V1.GetIncidentRequest { IncidentId = id }))).Code;

    // In which homes it stands for everybody.
    private async Task<List<string>> Documents()
    {
        var homes = new List<string>();
        foreach (var home in (string[])["hub", "BE", "DE", "FR"])
            if (await StoreOf(new(home)).ReadDocument($"incident {home}{KeyAtHub(Value)["hub".Length..]}", default) is not null) homes.Add(home);
        return homes;
    }

    private string Id(in Observable value) => IncidentId.OfKey(KeyAtHub(value));

    private string KeyAtHub(in Observable value) => _grid.Silos["one"].Services.GetRequiredService<Subjects>().IncidentKeyOf(value);

    private IHomeStore StoreOf(Home home) => _grid.Silos["one"].Services.GetRequiredService<IGridStore>()[home];
}
