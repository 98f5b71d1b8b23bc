using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Identity;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>Three silos of three jurisdictions and the hub: who sees what, and where it lives.</summary>
public sealed class ViewsAcrossSilosTests : IAsyncLifetime
{
    private static readonly Observable Address = new(ObservableType.Ipv4Addr, "198.51.100.7");
    private static readonly Observable Domain = new(ObservableType.DomainName, "bad.example");
    private TestGrid _grid = null!;

    public async ValueTask InitializeAsync() => _grid = await TestGrid.Start(
        Consortium.All, Consortium.Agreements, new("hub-0", "hub", "EU"), new("be-0", "BE"), new("de-0", "DE", "FR"));

    public ValueTask DisposeAsync() => _grid.DisposeAsync();

    [Fact]
    public async Task Push_Acknowledged_IsInTheNextAnswerAtHome()
    {
        for (var i = 1; i <= 20; i++)
        {
            (await _grid.Push("de-0", Consortium.Be.Id, "BE", new TestSighting(i, Tlp.Red, Address))).Accepted.ShouldBe(1);
            (await CountFor("be-0", Consortium.Be)).ShouldBe(i);
        }
    }

    [Fact]
    public async Task View_OfAnotherState_IsRedactedThroughTheHubAndFullByAgreement()
    {
        await _grid.Push("be-0", Consortium.Be.Id, "BE",
            new(1, Tlp.Green, Address, Domain), new(2, Tlp.Amber, Address), new(3, Tlp.Red, Address));
        await _grid.ReleasesCaughtUp();
        (await CountFor("de-0", Consortium.De)).ShouldBe(2);
        (await CountFor("hub-0", Consortium.Fr)).ShouldBe(1);
        (await CountFor("de-0", Consortium.Be)).ShouldBe(3);
        (await _grid.View("de-0", Consortium.De, Address)).Markings.ShouldAllBe(m => m.Level == DisclosureLevel.Full);
        (await _grid.View("de-0", Consortium.Fr, Address)).Markings.ShouldAllBe(m => m.Level == DisclosureLevel.Redacted);
        (await _grid.View("de-0", Consortium.De, Address)).TalliesBySource.ShouldHaveSingleItem().Tally.Confidence.ShouldBe((byte)50);
        (await _grid.View("de-0", Consortium.Fr, Address)).TalliesBySource.ShouldHaveSingleItem().Tally.Confidence.ShouldBe((byte)50);
        (await _grid.View("be-0", Consortium.Fr, Address)).Neighbours.Single().Newest.Single().Text.ShouldBe(Domain.Text);
    }

    [Fact]
    public async Task Feed_OfAnOwner_HoldsNoneOfItsRed_AcrossSilos()
    {
        await _grid.Push("be-0", Consortium.Be.Id, "BE", new(1, Tlp.Red, Address), new(2, Tlp.AmberStrict, Address), new(3, Tlp.Red, Domain));
        var (door, question) = (_grid.Actors("de-0").GetGrain<IInquiry>(ActorKeys.Lane(new("BE"), 1)), _grid.Ask("de-0", Consortium.Be.Id));
        foreach (var (outlet, count) in new[] { (Outlet.Call, 2L), (Outlet.Feed, 1L) })
        {
            var asked = question with { Outlet = outlet };
            (await door.Indicator(asked, Address)).View.TalliesByKind.Single().Tally.Count.ShouldBe(count);
            (await door.Indicator(asked, Domain)).View.IsEmpty.ShouldBe(outlet == Outlet.Feed);
            (await door.Presence(asked, [Domain])).Single().IsVisible.ShouldBe(outlet == Outlet.Call);
        }
    }

    [Fact]
    public async Task Incident_AppearsWhenTwoStatesSeeAValue_ForEachPartnerItsOwn()
    {
        await _grid.Push("be-0", Consortium.Be.Id, "BE", new(1, Tlp.Green, Address), new(2, Tlp.Red, Address, Domain));
        await _grid.ReleasesCaughtUp();
        (await _grid.IncidentAround("de-0", Consortium.Fr, Address)).ShouldBeNull();
        await _grid.Push("de-0", Consortium.De.Id, "DE", new TestSighting(3, Tlp.Green, Address));
        await _grid.ReleasesCaughtUp();

        var (seen, id) = (await _grid.IncidentAround("de-0", Consortium.Fr, Address)).ShouldNotBeNull();
        seen.Core.ShouldHaveSingleItem().MemberStates.ShouldBe(["BE", "DE"]);
        seen.Fringe.ShouldBeEmpty();
        var (own, ownId) = (await _grid.IncidentAround("be-0", Consortium.Be, Address)).ShouldNotBeNull();
        own.Fringe.ShouldBe([Domain]);
        ownId.ShouldBe(id);
        (await _grid.FindIncident("de-0", Consortium.Fr, id)).ShouldBe(Address);
        (await _grid.FindIncident("de-0", Consortium.Fr, "INC-" + new string('A', 32))).ShouldBeNull();
    }

    [Fact]
    public async Task Containers_OfAValue_AreThoseThatTheAskerSees()
    {
        Observable network = new(ObservableType.Ipv4Cidr, "198.51.100.0/24"), half = new(ObservableType.Ipv4Cidr, "198.51.100.0/25");
        await _grid.Push("be-0", Consortium.Be.Id, "BE", new(1, Tlp.Green, network), new(2, Tlp.Red, half), new(3, Tlp.Green, Domain));
        await _grid.ReleasesCaughtUp();
        (await _grid.ContainersOf("de-0", Consortium.Be, Address)).ShouldBe([half, network]);
        (await _grid.ContainersOf("de-0", Consortium.De, Address)).ShouldBe([network]);
        (await _grid.ContainersOf("hub-0", Consortium.Fr, Address)).ShouldBe([network]);
        Observable below = new(ObservableType.DomainName, "a.bad.example"), page = new(ObservableType.Url, "http://a.bad.example/x");
        (await _grid.ContainersOf("hub-0", Consortium.Fr, below)).ShouldBe([Domain]);
        (await _grid.ContainersOf("hub-0", Consortium.Fr, page)).ShouldBe([Domain]);
        var statistics = await _grid.Actors("hub-0").GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        statistics.Count(s => s.GrainType.Contains("IndicatorGrain", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(2 * 3 + 1,
            "no actor wakes for what nobody has seen");
    }

    [Fact]
    public async Task Asset_IsSeenByItsOwnerAndByFullAgreementOnly()
    {
        var asset = new AssetStatement("srv-1", "energy", "", "high", ["cpe:2.3:a:x:y:1:*:*:*:*:*:*:*"], "");
        await _grid.Push("be-0", Consortium.Be.Id, "BE", new TestSighting(1, Tlp.Amber, Address) { Asset = asset });
        (await AssetFor("de-0", Consortium.Be.Id)).ShouldNotBeNull().Sector.ShouldBe("energy");
        (await AssetFor("be-0", Consortium.De.Id)).ShouldNotBeNull();
        (await AssetFor("be-0", Consortium.Fr.Id)).ShouldBeNull();

        async Task<AssetStatement?> AssetFor(string node, string organisation) =>
            (await _grid.Actors(node).GetGrain<IInquiry>(ActorKeys.Lane(new("BE"), 3))
                .Asset(_grid.Ask(node, organisation), new(Consortium.Be.Id, asset.Id))).View.Details;
    }

    [Fact]
    public async Task Supplier_OfAssets_IsOneIncidentOfWhoSeesThemInFullAndNothingOfOthers()
    {
        Observable supplier = new(ObservableType.Supplier, "collins aerospace"), other = new(ObservableType.DomainName, "other.example");
        AssetStatement Asset(string spelling) => new("muse-1", "transport", "", "", [], spelling);
        await _grid.Push("be-0", Consortium.Be.Id, "BE", new TestSighting(1, Tlp.Amber, Address) { Asset = Asset("Collins Aerospace") });
        await _grid.Push("de-0", Consortium.De.Id, "DE", new TestSighting(2, Tlp.Red, other) { Asset = Asset("COLLINS aerospace") });
        await _grid.ReleasesCaughtUp();
        var view = await _grid.View("hub-0", Consortium.De, supplier);
        view.TalliesByJurisdiction.Select(tally => tally.Jurisdiction).ShouldBe(["BE", "DE"]);
        view.Neighbours.Select(list => list.Newest.Single().Text).ShouldBe([Address.Text, other.Text]);
        var (incident, _) = (await _grid.IncidentAround("de-0", Consortium.De, supplier)).ShouldNotBeNull();
        incident.Core.ShouldHaveSingleItem().MemberStates.ShouldBe(["BE", "DE"]);
        (await _grid.View("be-0", Consortium.Be, supplier)).TalliesByJurisdiction.ShouldHaveSingleItem().Jurisdiction.ShouldBe("BE");
        (await _grid.View("de-0", Consortium.Fr, supplier)).IsEmpty.ShouldBeTrue();
        (await _grid.IncidentAround("de-0", Consortium.Fr, supplier)).ShouldBeNull();
        var evidence = await _grid.Actors("hub-0").GetGrain<IInquiry>(ActorKeys.Lane(new("BE"), 5))
            .Evidence(_grid.Ask("hub-0", Consortium.De.Id), supplier, null, 10);
        evidence.Sightings.ShouldHaveSingleItem().Observables.ShouldBe([Address]);
    }

    [Fact]
    public async Task Evidence_ComesFromTheHomeInTheFormOfTheAsker()
    {
        await _grid.Push("be-0", Consortium.Be.Id, "BE", new(1, Tlp.Green, Address, Domain), new(2, Tlp.Red, Address));
        (await EvidenceFor(Consortium.Be.Id)).Select(s => s.Level).ShouldBe([DisclosureLevel.Full, DisclosureLevel.Full]);
        (await EvidenceFor(Consortium.De.Id)).Single().Id.ShouldBe(new Guid(1, 0, 0, new byte[8]));
        var redacted = (await EvidenceFor(Consortium.Fr.Id)).Single();
        redacted.Level.ShouldBe(DisclosureLevel.Redacted);
        redacted.Id.ShouldBeNull();
        (redacted.LastSeen % 3_600_000).ShouldBe(0);

        async Task<IReadOnlyList<Contracts.Views.DisclosedSighting>> EvidenceFor(string organisation) =>
            (await _grid.Actors("hub-0").GetGrain<IInquiry>(ActorKeys.Lane(new("BE"), 5))
                .Evidence(_grid.Ask("hub-0", organisation), Address, null, 10)).Sightings;
    }

    [Fact]
    public async Task Actors_LiveOnSilosThatCarryTheirHomeOnly()
    {
        for (var i = 1; i <= 30; i++)
        {
            var value = new Observable(ObservableType.Ipv4Addr, $"198.51.100.{i}");
            await _grid.Push("de-0", Consortium.Be.Id, "BE", new TestSighting(i, Tlp.Green, value));
            await _grid.View("hub-0", Consortium.Be, value);
        }
        var be = _grid.Silos["be-0"].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        var statistics = await _grid.Actors("hub-0").GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        var homes = statistics.Where(s => s.GrainId.Key.ToString()!.StartsWith("BE/", StringComparison.Ordinal)).ToList();
        homes.Count.ShouldBeGreaterThanOrEqualTo(30);
        homes.ShouldAllBe(s => s.SiloAddress.Equals(be));
        homes.ShouldAllBe(s => !s.GrainId.ToString().Contains("198.51.100", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Home_WithoutASilo_IsUnavailableAndHostedNowhereElse()
    {
        await _grid.Stop("be-0");
        await Should.ThrowAsync<OrleansException>(async () =>
            await _grid.Push("de-0", Consortium.Be.Id, "BE", new TestSighting(1, Tlp.Green, Address)));
        var statistics = await _grid.Actors("hub-0").GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        statistics.ShouldAllBe(s => !s.GrainId.Key.ToString()!.StartsWith("BE/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Actor_WithoutAValidToken_DoesNotAnswer()
    {
        var inquiry = _grid.Actors("de-0").GetGrain<IInquiry>(ActorKeys.Lane(new("BE"), 0));
        var now = _grid.Ask("de-0", Consortium.De.Id).At;
        await Refused(() => inquiry.Indicator(new(new(""), now), Address).AsTask());
        await Refused(() => inquiry.Indicator(new(new("a.b.c"), now), Address).AsTask());
        await Refused(() => inquiry.Indicator(new(_grid.TokenOf(new Home("DE")), now), Address).AsTask());
        await Refused(() => inquiry.Indicator(_grid.Ask("de-0", "soc.xx"), Address).AsTask());
        await Refused(() => _grid.Push("de-0", Consortium.Fr.Id, "BE", new TestSighting(1, Tlp.Green, Address)).AsTask());
        var consortium = _grid.Actors("de-0").GetGrain<IConsortium>(ActorKeys.Whole(Home.Hub));
        await Refused(() => consortium.Current(_grid.TokenOf(Consortium.Be.Id), 0).AsTask());
        var releases = _grid.Actors("de-0").GetGrain<IReleases>(ActorKeys.ReleasesOf(new("BE")));
        await Refused(() => releases.Applied(_grid.TokenOf(new Home("DE"))).AsTask());

        static Task Refused(Func<Task> call) => Should.ThrowAsync<CallerRefusedException>(call);
    }

    [Fact]
    public async Task Actor_OfAnyInterfaceButOrleansOwn_NeedsAToken()
    {
        var actor = _grid.Actors("de-0").GetGrain<ITokenlessActor>("BE/x");
        var token = _grid.TokenOf(Consortium.Be.Id);
        await Should.ThrowAsync<CallerRefusedException>(() => actor.Tell().AsTask());
        await Should.ThrowAsync<CallerRefusedException>(() => actor.TellLate(1, token).AsTask());
        await Should.ThrowAsync<CallerRefusedException>(() => actor.TellCaller(default).AsTask());
        (await actor.TellCaller(token)).ShouldBe("told");
        CallerFilter.IsExempt(null).ShouldBeFalse();
        CallerFilter.IsExempt(typeof(ITokenlessActor).Assembly).ShouldBeFalse();
        CallerFilter.IsExempt(typeof(IManagementGrain).Assembly).ShouldBeTrue();
    }

    private async Task<long> CountFor(string node, Contracts.Policy.Organisation organisation) =>
        (await _grid.View(node, organisation, Address)).TalliesByKind.Sum(t => t.Tally.Count);
}
