using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MS = CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>The hub knows by identifier all that was released, and nothing else; whoever was shown it or not.</summary>
public class NamedIncidentsTests
{
    private static readonly ActorKeyring Keys = new(new Dictionary<Home, byte[]> { [Home.Hub] = new byte[32] });

    [Fact]
    public void Hub_FindsWhatWasReleased_AndHomesNothing()
    {
        MS.Observable shown = new("domain-name", "shown.example"), beside = new("ipv4-addr", "198.51.100.7");
        MS.Observable hidden = new("domain-name", "hidden.example");
        var grid = Grid(Seen(MS.Tlp.Green, shown, beside), Seen(MS.Tlp.Red, hidden));
        Find(grid, Home.Hub, shown).ShouldBe(shown.ToProduct());
        Find(grid, Home.Hub, beside).ShouldBe(beside.ToProduct());
        Find(grid, Home.Hub, hidden).ShouldBeNull();
        Find(grid, new("BE"), shown).ShouldBeNull("only the hub can name");
        Find(grid, Home.Hub, new byte[20]).ShouldBeNull();
        Find(grid, Home.Hub, [.. Enumerable.Repeat((byte)0xFF, 20)]).ShouldBeNull();
    }

    private static Observable? Find(ComposedGrid grid, Home home, MS.Observable value) =>
        Find(grid, home, Keys.IncidentHashOf(Digest.Of(value.ToProduct())));

    private static Observable? Find(ComposedGrid grid, Home home, byte[] hash) =>
        NamedIncidents.Find(grid.Stores[home].LastSeen, hash, default).Result;

    private static ComposedGrid Grid(params MS.Sighting[] sightings)
    {
        var organisations = Palette.Organisations.Select(o => new M.Policy.Organisation(o.Id, o.Jurisdiction, o.Kind, [], []));
        var grid = new ComposedGrid(new([new(1, Palette.Noon.AddDays(-30), [.. organisations], [])], sightings, Palette.Noon));
        ComposedLists.Index(grid);
        return grid;
    }

    private static MS.Sighting Seen(MS.Tlp tlp, params MS.Observable[] observables)
    {
        var at = Palette.Noon.AddHours(-1);
        var template = IncidentModelTests.Template;
        return template with
        {
            Id = Guid.NewGuid().ToString(),
            Observables = [.. observables.Order()],
            FirstSeen = at,
            LastSeen = at,
            AcceptedAt = Palette.Noon,
            Marking = template.Marking with { Tlp = tlp },
        };
    }
}
