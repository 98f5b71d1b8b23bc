using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Changes;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Releases;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// A ledger that went back, wherever it did: when the hub has dropped what is gone, everybody's views, lists and trends are those of a grid that
/// never held it; and when it was sent again, those of one that never lost it. Actors live on all the while.
/// </summary>
public class LossModelTests(ITestOutputHelper output)
{
    private const int AskedMax = 8;
    private long _gone;
    private long _found;

    [Fact]
    public void GoingBack_OfRandomWorlds_LeavesNothingOfWhatIsGone_AndEverythingElse()
    {
        Sample.Each(output, nameof(GoingBack_OfRandomWorlds_LeavesNothingOfWhatIsGone_AndEverythingElse), 20261129, 1_500, 3_000, seed =>
        {
            var dice = Dice.Beside(seed);
            var world = Worlds.Random(seed);
            world = world.Until(Worlds.SomeInstant(dice, world));
            var grid = new ComposedGrid(world, releasesAtOnce: dice.Chance(0.7));
            var callers = Enumerable.Range(0, 2).Select(_ => Worlds.SomeCaller(dice, world)).ToList();
            // Actors and lists of before know it all.
            foreach (var caller in callers) TextOf(grid, world, caller);
            var homes = grid.Homes.Where(home => grid.Stores[home].Head > 0).ToList();
            if (homes.Count == 0) return;
            var home = dice.Pick(homes);
            var gone = grid.GoBack(home, dice.Between(0, (int)grid.Stores[home].Head));
            var without = new M.World(world.Versions, [.. world.Sightings.Where(each => !gone.Contains(Guid.Parse(each.Id)))], world.Now);
            var never = new ComposedGrid(without);
            foreach (var caller in callers) Sample.Same(TextOf(grid, world, caller), TextOf(never, world, caller), $"{caller}, {home} went back");
            grid.GoOn(world);
            var whole = new ComposedGrid(world);
            foreach (var caller in callers) Sample.Same(TextOf(grid, world, caller), TextOf(whole, world, caller), $"{caller}, sent again");
            Interlocked.Add(ref _gone, gone.Count);
        });
        output.WriteLine($"{_gone} sightings went, {_found} views were not empty");
        if (!Sample.IsWhole) return;
        _gone.ShouldBeGreaterThan(3_000);
        _found.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void Value_WhoseLaterSightingIsGone_IsListedWhereItWasSeenBefore()
    {
        // The fifth is a batch, and a release, of its own.
        var sightings = Enumerable.Range(1, 5).Select(i => IncidentModelTests.Template with
        {
            Id = new Guid(i, 0, 0, new byte[8]).ToString(),
            Observables = [new("domain-name", i is 1 or 5 ? "again.example" : $"{i}.example")],
            FirstSeen = Palette.Noon.AddHours(i - 9),
            LastSeen = Palette.Noon.AddHours(i - 9),
        });
        var world = new M.World([ChangeModelTests.Version(1, [])], [.. sightings], Palette.Noon);
        var grid = new ComposedGrid(world, releasesAtOnce: true);
        Listed().ShouldBe(["again.example", "4.example", "3.example", "2.example"]);
        var home = grid.Homes.Single(each => grid.Stores[each].Head > 0);
        grid.GoBack(home, 1).Count.ShouldBe(1);
        Listed().ShouldBe(["4.example", "3.example", "2.example", "again.example"]);

        IEnumerable<string> Listed() => new ComposedLists(grid)
            .Indicators(new(new("csirt.fr"), grid.History), Palette.Noon.ToUnixTimeMilliseconds(), ListModelTests.Everything, 9)
            .SelectMany(page => page.Entries).Select(entry => entry.Observable.Text);
    }

    [Fact]
    public void Watch_FromBefore_IsToldToListAgain_AtTheHubAndAtTheHome()
    {
        var sightings = Enumerable.Range(1, 9).Select(i => IncidentModelTests.Template with
        {
            Id = new Guid(i, 0, 0, new byte[8]).ToString(),
            Observables = [new("domain-name", $"{i}.example")],
        });
        var world = new M.World([ChangeModelTests.Version(1, [])], [.. sightings], Palette.Noon);
        var grid = new ComposedGrid(world);
        ComposedLists.Index(grid);
        using var changes = new ChangeReader(grid.Stores, grid.Compartments);
        var asker = new Asker(Home.Hub, new(new("csirt.fr"), grid.History), grid.History.Number, Palette.Noon.ToUnixTimeMilliseconds());
        var home = grid.Homes.Single(each => grid.Stores[each].Head > 0);
        Home[] homes = [Home.Hub, home];
        var places = homes.Select(each => Here(each)).ToList();
        grid.GoBack(home, 1);
        // Positions are given again: they say nothing.
        grid.GoOn(world);
        foreach (var (each, place) in homes.Zip(places))
        {
            var page = Changes(each, place);
            (page.IsTooMuch, page.Changed.IsEmpty, page.Next.Epoch).ShouldBe((true, true, grid.Stores[each].Identity.Epoch));
            Changes(each, page.Next).IsTooMuch.ShouldBeFalse();
        }

        Contracts.Views.ChangePlace Here(Home each) => changes.Here(each, asker, CancellationToken.None).AsTask().GetAwaiter().GetResult().Place;

        Contracts.Views.ChangePage Changes(Home each, Contracts.Views.ChangePlace after) =>
            changes.Read(each, asker, after, null, [], CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private string TextOf(ComposedGrid grid, M.World world, M.Caller caller)
    {
        var (clearance, at) = (new Clearance(caller.ToProduct(), grid.History), world.Now.ToUnixTimeMilliseconds());
        var lists = new ComposedLists(grid);
        var views = world.Observables.Take(AskedMax).Select(one =>
        {
            var view = grid.Indicator(one.ToProduct(), clearance, at).View;
            if (!view.IsEmpty) Interlocked.Increment(ref _found);
            return ViewText.Of(one, view, world.Now);
        });
        var trends = world.Sightings.SelectMany(each => each.Techniques).Distinct().Take(AskedMax).Select(TrendName.OfTechnique)
            .Select(name => ViewText.Of(name, grid.Trend(name, clearance, at), world.Now));
        var indicators = lists.Indicators(clearance, at, ListModelTests.Everything, 3).SelectMany(page => page.Entries)
            .Select(entry => entry.Observable.ToModel().ToString());
        var incidents = lists.Incidents(clearance, at, ListModelTests.Everything, 3).SelectMany(page => page.Entries)
            .Select(IncidentModelTests.ToText);
        return string.Join('\n', [.. views, .. trends, MV.Text.Lines(indicators), .. incidents]);
    }
}
