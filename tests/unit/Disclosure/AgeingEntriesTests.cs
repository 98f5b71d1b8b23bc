using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MS = CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>What the index holds so that incidents that only age are told: nothing more of a sighting of one value.</summary>
public class AgeingEntriesTests
{
    private static readonly MS.Observable One = new("domain-name", "one.example");
    private static readonly MS.Observable Two = new("domain-name", "two.example");

    [Fact]
    public void SightingOfOneValue_CostsNothingMore()
    {
        Together(Seen(0, One), Seen(1, Two)).ShouldBeEmpty();
        Together(Seen(0, One) with { Asset = new("srv") }).ShouldBeEmpty();
    }

    [Fact]
    public void SightingOfSeveral_CostsOneKeyOfEachAnHour_AndOpeningsToo()
    {
        Together(Seen(0, One, Two), Seen(0, One, Two), Seen(2, One, Two))
            .ShouldBe(["0 one.example", "0 two.example", "2 one.example", "2 two.example"]);
        Together(Said(0, MS.Deed.Opened), Said(1, MS.Deed.Note)).ShouldBe(["0 one.example"]);
        Together(Seen(0, One) with { Asset = new("srv", Supplier: "Acme") }).ShouldBe(["0 acme", "0 one.example"]);
    }

    [Fact]
    public void SightingThatLeftBeforeItCame_CostsNothingMore()
    {
        Together(Seen(7 * 24 - 1, One, Two)).Length.ShouldBe(2);
        Together(Seen(7 * 24 + 1, One, Two)).ShouldBeEmpty();
    }

    // What stands at its home among what was named together: hours ago, then the value.
    private static string[] Together(params MS.Sighting[] sightings)
    {
        var organisations = Palette.Organisations.Select(o => new M.Policy.Organisation(o.Id, o.Jurisdiction, o.Kind, [], []));
        var grid = new ComposedGrid(new([new(1, Palette.Noon.AddDays(-30), [.. organisations], [])], sightings, Palette.Noon));
        ComposedLists.Index(grid);
        var index = grid.Stores[new Home("BE")].LastSeen;
        return
        [
            .. index.ReadGroups(default).Result
                .SelectMany(group => index.ReadTogether(group.Group, long.MaxValue, default, 100, default).Result)
                .Select(member => $"{HoursAgo(member.Hour)} {LastSeenCut.ObservableOf(member.Bytes.Span).Text}").Order(StringComparer.Ordinal),
        ];
    }

    private static long HoursAgo(long hour) => (Palette.Noon.ToUnixTimeMilliseconds() - hour) / 3_600_000 - 1;

    private static MS.Sighting Seen(int hoursAgo, params MS.Observable[] observables)
    {
        var at = Palette.Noon.AddHours(-1 - hoursAgo);
        return IncidentModelTests.Template with
        {
            Id = Guid.NewGuid().ToString(),
            Observables = [.. observables.Order()],
            FirstSeen = at,
            LastSeen = at,
            AcceptedAt = Palette.Noon,
        };
    }

    private static MS.Sighting Said(int hoursAgo, MS.Deed deed) => Seen(hoursAgo, One) with
    {
        Kind = MS.Kind.Contribution,
        Said = new(deed),
    };
}
