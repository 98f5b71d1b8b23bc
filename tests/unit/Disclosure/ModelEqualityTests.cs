using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Listing;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MD = CrossBorderSoc.Tests.Model.Disclosure;
using MS = CrossBorderSoc.Tests.Model.Sightings;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>On random worlds the product decides and shows exactly what the model does (DESIGN 3.1 to 3.3).</summary>
public class ModelEqualityTests(ITestOutputHelper output)
{
    // The drawn worlds are smaller and asked less of, so that there can be many.
    private const int FixedFirst = 20260701;
    private const int FixedWorlds = 4_000;
    private const int DrawnWorlds = 70_000;
    private const int CallersOfFixed = 5;
    private const int CallersOfDrawn = 2;
    private const int SightingsOfFixed = 30;
    private const int SightingsOfDrawn = 10;

    // All of a small world's, and some of a crowded one's, of which the first is the hot one.
    private const int AskedMax = 12;

    private readonly Coverage _coverage = new();
    private long _questions;
    private long _found;
    private long _joined;

    [Fact]
    public void Product_DecidesAndShowsWhatTheModelDoes()
    {
        Sample.Each(output, nameof(Product_DecidesAndShowsWhatTheModelDoes), FixedFirst, FixedWorlds, DrawnWorlds, seed =>
        {
            var dice = Dice.Beside(seed);
            var isFixed = seed is >= FixedFirst and < FixedFirst + FixedWorlds;
            var world = Worlds.Random(seed, isFixed ? SightingsOfFixed : SightingsOfDrawn);
            Compare(dice, world.Until(Worlds.SomeInstant(dice, world)), isFixed ? CallersOfFixed : CallersOfDrawn);
        });
        output.WriteLine($"{_questions} (world, caller, indicator), {_found} found, {_joined} by an asset, too{Environment.NewLine}{_coverage}");
        if (!Sample.IsWhole) return;
        _questions.ShouldBeGreaterThan(300_000);
        _joined.ShouldBeGreaterThan(3_000);
        _coverage.Below(0.01).ShouldBeEmpty(_coverage.ToString());
    }

    [Fact]
    public void Product_ShowsWhatTheModelDoes_BeyondEveryBound() =>
        Sample.Each(output, nameof(Product_ShowsWhatTheModelDoes_BeyondEveryBound), 20260702, 10, 2,
            seed => Compare(Dice.Beside(seed), Worlds.Crowded(seed).Until(Palette.Noon), 2));

    // The first instant is the world's own; a later one asks the same clearances again, when other rules hold; then
    // back. Between two callers the actors may have gone.
    private void Compare(Dice dice, M.World world, int callers)
    {
        var grid = new ComposedGrid(world, releasesAtOnce: dice.Chance(0.5));
        var asking = Enumerable.Range(0, callers).Select(_ => Worlds.SomeCaller(dice, world)).Distinct()
            .Select(caller =>
                (Caller: caller, Clearance: new Clearance(caller.ToProduct(), grid.History)))
            .ToList();
        var later = Worlds.Edges(world).Where(edge => edge > world.Now).ToList();
        DateTimeOffset[] instants = later.Count > 0 && dice.Chance(0.2)
            ? [world.Now, dice.Pick(later), world.Now]
            : [world.Now];
        foreach (var at in instants)
            foreach (var (caller, clearance) in asking)
            {
                Compare(world, grid, caller, clearance, at);
                if (dice.Chance(0.3)) grid.ActorsGo();
            }
    }

    private void Compare(M.World world, ComposedGrid grid, M.Caller caller, Clearance clearance, DateTimeOffset at)
    {
        var which = $"{caller} at {MV.Text.Instant(at)}";
        var instant = at.ToUnixTimeMilliseconds();
        var forms = DecidedAlike(world, grid, caller, clearance, at);
        foreach (var observable in world.Observables.Take(AskedMax))
        {
            var visible = forms.Where(form => form.Named.Contains(observable)).ToList();
            var (view, _) = grid.Indicator(observable.ToProduct(), clearance, instant);
            Sample.Same(Listed(observable, grid.Summary(observable.ToProduct(), clearance, instant)), Listed(observable, view), which);
            Sample.Same(ViewText.Of(observable, view, at),
                MV.IndicatorView.ToText(MV.IndicatorView.Of(observable, visible, at)), which);
            var evidence = MV.Evidence.Sorted(visible);
            Sample.Same(ViewText.Of(grid.Evidence(observable.ToProduct(), clearance, instant)),
                MV.Evidence.ToText(evidence), which);
            Sample.Same(ViewText.Of(grid.Evidence(observable.ToProduct(), clearance, instant, limit: 3)),
                MV.Evidence.ToText([.. evidence.Take(3)]), which);
            Interlocked.Increment(ref _questions);
            if (visible.Count > 0) Interlocked.Increment(ref _found);
            if (visible.Exists(form => !form.Observables.Contains(observable))) Interlocked.Increment(ref _joined);
        }

        foreach (var (owner, asset) in world.Sightings.Where(each => each.Asset is not null)
            .Select(each => (each.Owner, each.Asset!.Id)).Distinct().Take(8))
        {
            var on = forms.Where(form => form.Owner == owner && form.Whole?.Asset?.Id == asset).ToList();
            Sample.Same(ViewText.Of(owner, grid.Asset(owner, asset, clearance, instant)),
                MV.AssetView.ToText(MV.AssetView.Of(owner, on)), which);
        }
    }

    private static string Listed(MS.Observable observable, IndicatorView view) =>
        ListMapping.ToMessage(new(observable.ToProduct(), view, [], Palette.Noon.ToUnixTimeMilliseconds())).ToString()
        + string.Concat(view.Sectors.Select(each => $"\n{each.Text} {each.LastSeen}"));

    // Holds each of the product's decisions against the model's, and returns the forms that the model's give.
    private List<MD.Form> DecidedAlike(
        M.World world, ComposedGrid grid, M.Caller caller, Clearance clearance, DateTimeOffset at)
    {
        var (forms, instant) = (new List<MD.Form>(), at.ToUnixTimeMilliseconds());
        foreach (var sighting in world.Sightings)
        {
            var verdicts = MD.Decision.OnEach(world, sighting, caller, at);
            foreach (var verdict in verdicts.Values) _coverage.Count(verdict.Rule);
            if (MD.Form.Of(world, sighting, verdicts) is { IsContribution: false } form) forms.Add(form);
            // What is withdrawn leaves the product's knowledge: nothing is left to decide on.
            if (sighting.Withdrawn) continue;
            var compartment = grid.CompartmentOf(sighting);
            if (clearance.DecideWhole(compartment, instant) != (DisclosureLevel)(int)MD.Decision.Of(verdicts))
                Assert.Fail($"the whole of {sighting} for {caller} at {at:O}");
            foreach (var (observable, verdict) in verdicts)
            {
                var level = clearance.Decide(compartment, ModelMapping.Type(observable.Type), instant);
                if (level != (DisclosureLevel)(int)verdict.Level)
                    Assert.Fail($"{level} on {observable}, the model says {verdict}, for {caller} at {at:O}");
            }
        }

        return forms;
    }
}
