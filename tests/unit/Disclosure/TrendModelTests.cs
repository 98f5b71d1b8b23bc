using System.Text.Json;
using CrossBorderSoc.Contracts.Bursts;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MD = CrossBorderSoc.Tests.Model.Disclosure;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// Techniques, sectors and bursts: on random worlds with a history every partner's are the model's, and whatever is hidden changes no byte
/// of them.
/// </summary>
public class TrendModelTests(ITestOutputHelper output)
{
    private const int Callers = 3;

    [Fact]
    public void TrendsAndBursts_OfEveryPartner_AreTheModels()
    {
        var (found, bursts) = (0, 0);
        Sample.Each(output, nameof(TrendsAndBursts_OfEveryPartner_AreTheModels), 20260711, 1_500, 6_000, seed =>
        {
            var dice = Dice.Beside(seed);
            var whole = LongWorlds.Of(Worlds.Random(seed));
            var at = Worlds.SomeInstant(dice, whole);
            var world = whole.Until(at);
            var grid = new ComposedGrid(world, releasesAtOnce: dice.Chance(0.5));
            for (var asked = 0; asked < Callers; asked++)
            {
                var caller = Worlds.SomeCaller(dice, world);
                var texts = Compare(world, grid, caller, at);
                Interlocked.Add(ref found, texts.Count(text => text != MV.Text.NotFound));
                Interlocked.Add(ref bursts, texts.Count(text => text.Contains("\nburst ", StringComparison.Ordinal)));
                if (dice.Chance(0.3)) grid.ActorsGo();
            }
        });
        output.WriteLine($"{found} trends and views with something to see, {bursts} with a burst");
        if (!Sample.IsWhole) return;
        bursts.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void TrendsAndBursts_WhateverIsHidden_AreTheSameBytes()
    {
        var (answers, bursts) = (0, 0);
        Sample.Each(output, nameof(TrendsAndBursts_WhateverIsHidden_AreTheSameBytes), 20260712, 3_000, 3_000, seed =>
        {
            var pair = Twins.Random(seed);
            var twins = pair with { One = LongWorlds.Of(pair.One), Other = LongWorlds.Of(pair.Other) };
            if (!twins.HidesSomething) return;
            if (!twins.AreAlike) Assert.Fail("not twins: their projections differ");
            var dice = Dice.Beside(seed);
            var at = dice.Chance(0.5) ? twins.One.Now : dice.Pick(twins.Instants);
            var (one, other) = (Answers(twins.One, twins, at, releasesAtOnce: false), Answers(twins.Other, twins, at, dice.Chance(0.5)));
            foreach (var (answer, twin) in one.Zip(other)) Sample.Same(answer, twin, $"{twins.Caller} at {MV.Text.Instant(at)}");
            Interlocked.Add(ref answers, one.Count);
            Interlocked.Add(ref bursts, one.Count(answer => answer.Contains("OneIn", StringComparison.Ordinal)));
        });
        output.WriteLine($"{answers} answers, {bursts} with a burst");
        if (!Sample.IsWhole) return;
        bursts.ShouldBeGreaterThan(300);
    }

    private static List<string> Compare(M.World world, ComposedGrid grid, M.Caller caller, DateTimeOffset at)
    {
        var clearance = new Clearance(caller.ToProduct(), grid.History);
        var (which, instant) = ($"{caller} at {MV.Text.Instant(at)}", at.ToUnixTimeMilliseconds());
        var forms = world.Sightings.Select(sighting => MD.Form.Of(world, sighting, caller, at)).OfType<MD.Form>()
            .Where(form => !form.IsContribution).ToList();
        var texts = new List<string>();
        foreach (var observable in world.Observables)
        {
            texts.Add(ViewText.Of(observable, grid.Indicator(observable.ToProduct(), clearance, instant).View, at));
            var visible = forms.Where(form => form.Named.Contains(observable)).ToList();
            Sample.Same(texts[^1], MV.IndicatorView.ToText(MV.IndicatorView.Of(observable, visible, at)), which);
        }
        foreach (var name in Names(world))
        {
            texts.Add(ViewText.Of(name, grid.Trend(name, clearance, instant), at));
            var model = name.Kind == TrendKind.Technique
                ? MV.TrendView.OfTechnique(name.Text, forms, at)
                : MV.TrendView.OfSector(name.Text, forms, at);
            Sample.Same(texts[^1], MV.TrendView.ToText(model), which);
        }
        return texts;
    }

    private static List<string> Answers(M.World whole, Twins twins, DateTimeOffset at, bool releasesAtOnce)
    {
        var grid = new ComposedGrid(whole.Until(at), releasesAtOnce);
        var clearance = new Clearance(twins.Caller.ToProduct(), grid.History);
        var instant = at.ToUnixTimeMilliseconds();
        var answers = new List<string>();
        foreach (var name in Names(twins.One).Union(Names(twins.Other)))
        {
            var view = grid.Trend(name, clearance, instant);
            answers.Add(JsonSerializer.Serialize(view) + JsonSerializer.Serialize(Burst.Of(view.Histogram, instant)));
        }
        foreach (var observable in twins.One.Observables.Union(twins.Other.Observables))
        {
            var view = grid.Indicator(observable.ToProduct(), clearance, instant).View;
            answers.Add(JsonSerializer.Serialize(Burst.Of(view.Histogram, instant)));
        }
        return answers;
    }

    private static IEnumerable<TrendName> Names(M.World world) => world.Sightings.SelectMany(sighting => sighting.Techniques)
        .Select(TrendName.OfTechnique)
        .Concat(world.Sightings.Where(each => each.Asset is not null).Select(each => TrendName.OfSector(each.Asset!.Sector))
            .OfType<TrendName>())
        .Distinct();
}
