using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MS = CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>What contributions do to incidents (DESIGN 3.4), case by case; <see cref="IncidentModelTests"/> has random worlds.</summary>
public class ContributionTests
{
    private static readonly MS.Observable One = new("domain-name", "one.example");
    private static readonly MS.Observable Two = new("domain-name", "two.example");

    [Fact]
    public void Opening_OfWhatNobodySaw_IsAnIncidentForWhoSeesIt()
    {
        MS.Sighting[] said = [Said("soc.be", MS.Deed.Opened, Green, One, Two)];
        var incident = Ask(said, One, "csirt.fr").ShouldNotBeNull();
        incident.Core.Select(node => node.Observable.Text).ShouldBe(["one.example", "two.example"]);
        incident.Links.Length.ShouldBe(1);
        incident.Core.ShouldAllBe(node => node.MemberStates.IsEmpty);
        incident.Contributions.Length.ShouldBe(1);
        Ask([said[0] with { Marking = Red }], One, "csirt.fr").ShouldBeNull();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Opening_EndsWithTheWindow(int millisecondsLater, bool isOne)
    {
        var opened = Said("soc.be", MS.Deed.Opened, Green, One) with { FirstSeen = Palette.Noon.AddDays(-7), LastSeen = Palette.Noon.AddDays(-7) };
        var incident = Ask([opened], One, "soc.be", Palette.Noon.AddMilliseconds(millisecondsLater));
        (incident is not null).ShouldBe(isOne);
    }

    [Fact]
    public void Split_OutranksSightingsAndLinks_ForWhoSeesIt()
    {
        MS.Sighting[] joined = [Seen("soc.be", One, Two), Seen("soc.de", One, Two), Said("soc.de", MS.Deed.Link, Green, One, Two)];
        Ask([.. joined, Said("soc.be", MS.Deed.Split, Green, One, Two)], One, "csirt.fr").ShouldNotBeNull().Core.Length.ShouldBe(1);
        var unsplit = Ask([.. joined, Said("soc.be", MS.Deed.Split, Red, One, Two)], One, "csirt.fr").ShouldNotBeNull();
        unsplit.Core.Length.ShouldBe(2);
        unsplit.Contributions.Length.ShouldBe(1, "the link alone");
    }

    [Fact]
    public void Link_JoinsCoreNodesAlone()
    {
        MS.Sighting[] seen = [Seen("soc.be", One), Seen("soc.de", One), Seen("soc.be", Two)];
        var link = Said("soc.de", MS.Deed.Link, Green, One, Two);
        Ask([.. seen, link], One, "csirt.fr").ShouldNotBeNull().Core.Length.ShouldBe(1);
        Ask([.. seen, Seen("soc.de", Two), link], One, "csirt.fr").ShouldNotBeNull().Core.Length.ShouldBe(2);
    }

    [Fact]
    public void Note_ShowsWhereTheCoreHoldsAllThatItNames()
    {
        MS.Sighting[] seen = [Seen("soc.be", One), Seen("soc.de", One)];
        Ask([.. seen, Said("soc.be", MS.Deed.Note, Green, One, Two)], One, "csirt.fr").ShouldNotBeNull().Contributions.ShouldBeEmpty();
        var shown = Ask([.. seen, Said("soc.be", MS.Deed.Note, Amber, One)], One, "soc.be").ShouldNotBeNull().Contributions.Single();
        (shown.Owner, shown.Description).ShouldBe(("soc.be", "in words"));
        Ask([.. seen, Said("soc.be", MS.Deed.Note, Amber, One)], One, "csirt.fr").ShouldNotBeNull().Contributions.ShouldBeEmpty();
    }

    [Fact]
    public void Note_OfOneWithoutAName_TellsNeitherOwnerNorWordsNorService()
    {
        var byState = Green with { Attribution = MS.Attribution.Jurisdiction };
        var said = Said("soc.be", MS.Deed.Affected, byState, One);
        var shown = Ask([Seen("soc.be", One), Seen("soc.de", One), said], One, "csirt.fr").ShouldNotBeNull().Contributions.Single();
        (shown.Owner, shown.Description, shown.Id, shown.Jurisdiction).ShouldBe((null, null, null, "BE"));
        shown.Contribution.ShouldBe(new(Contracts.Sightings.ContributionKind.Affected, 0, "BE", "energy", ""));
        shown.LastSeen.ShouldBe(Palette.Noon.AddHours(-1).ToUnixTimeMilliseconds());
    }

    private static MS.Marking Green => new(MS.Tlp.Green, MS.Pap.Clear, MS.Attribution.Named, []);

    private static MS.Marking Amber => new(MS.Tlp.Amber, MS.Pap.Clear, MS.Attribution.Jurisdiction, []);

    private static MS.Marking Red => new(MS.Tlp.Red, MS.Pap.Clear, MS.Attribution.Jurisdiction, []);

    private static MS.Sighting Seen(string owner, params MS.Observable[] observables) =>
        IncidentModelTests.Template with { Id = Guid.NewGuid().ToString(), Owner = owner, Observables = [.. observables.Order()] };

    private static MS.Sighting Said(string owner, MS.Deed deed, MS.Marking marking, params MS.Observable[] observables) =>
        Seen(owner, observables) with
        {
            Kind = MS.Kind.Contribution,
            Said = new(deed, 0, "BE", "energy", "billing"),
            Confidence = 0,
            Description = "in words",
            Marking = marking,
            FirstSeen = Palette.Noon.AddMinutes(-30),
            LastSeen = Palette.Noon.AddMinutes(-30),
        };

    private static Incident? Ask(MS.Sighting[] sightings, MS.Observable node, string caller, DateTimeOffset? at = null)
    {
        var world = new M.World(
            [
                new(1, Palette.Noon.AddDays(-30),
                    [.. Palette.Organisations.Select(o => new M.Policy.Organisation(o.Id, o.Jurisdiction, o.Kind, [], []))], []),
            ],
            sightings, at ?? Palette.Noon);
        var grid = new ComposedGrid(world);
        return grid.Incident(node.ToProduct(), new Clearance(new(caller), grid.History), world.Now.ToUnixTimeMilliseconds());
    }
}
