using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MS = CrossBorderSoc.Tests.Model.Sightings;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>Every partner's lists are exactly the model's, however they are cut into pages; pages are short only at the end.</summary>
public class ListModelTests(ITestOutputHelper output)
{
    private long _lists;
    private long _pages;
    private long _indicators;
    private long _incidents;
    private long _bySector;
    private long _incidentsBySector;

    /// <summary>The filter that leaves nothing out.</summary>
    public static MV.ListFilter Everything { get; } = new([], [], null, null, "", 0, "", []);

    [Fact]
    public void Lists_OfRandomWorlds_AreTheModels()
    {
        Sample.Each(output, nameof(Lists_OfRandomWorlds_AreTheModels), 20261127, 2_000, 4_000, seed =>
        {
            var dice = Dice.Beside(seed);
            var world = Worlds.Random(seed);
            world = world.Until(Worlds.SomeInstant(dice, world));
            var at = dice.Chance(0.2) ? world.Now.AddHours(dice.Between(1, 24 * 9)) : world.Now;
            var grid = new ComposedGrid(world, releasesAtOnce: dice.Chance(0.3));
            var lists = new ComposedLists(grid);
            for (var i = 0; i < 3; i++)
                Compare(world, grid, lists, Worlds.SomeCaller(dice, world), at, i == 0 ? Everything : SomeFilter(dice, world), dice.Between(1, 7));
        });
        output.WriteLine($"{_lists} pairs of lists, {_pages} pages, {_indicators} indicators, {_incidents} incidents, of them by sector "
            + $"{_bySector} and {_incidentsBySector}");
        if (!Sample.IsWhole) return;
        _bySector.ShouldBeGreaterThan(_lists / 20);
        _incidentsBySector.ShouldBeGreaterThan(_lists / 100);
        _indicators.ShouldBeGreaterThan(_lists);
        _incidents.ShouldBeGreaterThan(_lists / 20);
        _pages.ShouldBeGreaterThan(_lists * 2);
    }

    private void Compare(
        M.World world, ComposedGrid grid, ComposedLists lists, M.Caller caller, DateTimeOffset at, MV.ListFilter filter, int size)
    {
        var clearance = new Clearance(caller.ToProduct(), grid.History);
        var which = $"{caller} at {MV.Text.Instant(at)}, {filter}, pages of {size}";
        var indicators = lists.Indicators(clearance, at.ToUnixTimeMilliseconds(), filter, size);
        Sample.Same(
            MV.Text.Lines(indicators.SelectMany(page => page.Entries).Select(entry => entry.Observable.ToModel().ToString())),
            MV.Text.Lines(MV.Lists.Indicators(world, caller, at, filter).Select(one => one.ToString())), which);
        var incidents = lists.Incidents(clearance, at.ToUnixTimeMilliseconds(), filter, size);
        Sample.Same(
            string.Concat(incidents.SelectMany(page => page.Entries).Select(IncidentModelTests.ToText)),
            string.Concat(MV.Lists.Incidents(world, caller, at, filter).Select(incident => incident.ToText())), which);
        indicators.SkipLast(1).ShouldAllBe(page => page.Entries.Length == size);
        incidents.SkipLast(1).ShouldAllBe(page => page.Entries.Length == size);
        // A token says that there is more.
        (indicators.Count == 1 || !indicators[^1].Entries.IsEmpty).ShouldBeTrue(which);
        (incidents.Count == 1 || !incidents[^1].Entries.IsEmpty).ShouldBeTrue(which);
        Interlocked.Increment(ref _lists);
        Interlocked.Add(ref _pages, indicators.Count + incidents.Count);
        Interlocked.Add(ref _indicators, indicators.Sum(page => page.Entries.Length));
        Interlocked.Add(ref _incidents, incidents.Sum(page => page.Entries.Length));
        if (filter.Sectors.Count == 0) return;
        Interlocked.Add(ref _bySector, indicators.Sum(page => page.Entries.Length));
        Interlocked.Add(ref _incidentsBySector, incidents.Sum(page => page.Entries.Length));
    }

    private static MV.ListFilter SomeFilter(Dice dice, M.World world) => new(
        dice.Chance(0.3) ? dice.Some(MS.Observable.Types, 6) : [],
        dice.Chance(0.3) ? dice.Some(["BE", "DE", "FR", "EU"], 2) : [],
        dice.Chance(0.3) ? world.Now.AddHours(-dice.Between(0, 48)) : null,
        dice.Chance(0.3) ? world.Now.AddHours(-dice.Between(0, 48)) : null,
        dice.Chance(0.3) && world.Observables.Count > 0 ? Part(dice, dice.Pick(world.Observables).Value) : "",
        dice.Chance(0.3) ? dice.Between(0, 60) : 0,
        dice.Chance(0.2) ? dice.Pick(world.Sightings.SelectMany(each => each.Techniques).Append("T1").ToList()) : "",
        dice.Chance(0.35) ? dice.Some(["ENERGY ", "health", "absent"], dice.Between(1, 2)) : []);

    private static string Part(Dice dice, string text) => text[..dice.Between(1, text.Length)].ToUpperInvariant();
}
