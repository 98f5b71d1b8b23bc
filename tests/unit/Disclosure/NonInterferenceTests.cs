using System.Text.Json;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// DESIGN 1: two histories with the same projection to a partner give that partner the same answers, byte for byte. In
/// the
/// product and, so that the twins themselves can be trusted, in the model.
/// </summary>
public class NonInterferenceTests(ITestOutputHelper output)
{
    [Fact]
    public void Answers_WhateverIsHidden_AreTheSameBytes()
    {
        var (counted, answers, found) = (0, 0, 0);
        Sample.Each(output, nameof(Answers_WhateverIsHidden_AreTheSameBytes), 20260602, 6_000, 6_000, seed =>
        {
            var twins = Twins.Random(seed);
            if (!twins.HidesSomething) return;
            Interlocked.Increment(ref counted);
            if (!twins.AreAlike) Assert.Fail("not twins: their projections differ");
            var dice = Dice.Beside(seed);
            var at = dice.Chance(0.5) ? twins.One.Now : dice.Pick(twins.Instants);
            var (one, other) = (
                Answers(twins.One, twins, at, releasesAtOnce: false), Answers(twins.Other, twins, at, dice.Chance(0.5)));
            foreach (var ((answer, isFound), (twin, _)) in one.Zip(other))
            {
                Sample.Same(answer, twin, $"{twins.Caller} at {MV.Text.Instant(at)}");
                Interlocked.Increment(ref answers);
                if (isFound) Interlocked.Increment(ref found);
            }
        });
        output.WriteLine($"{counted} pairs that hide something, {answers} answers, {found} with something to see");
        if (!Sample.IsWhole) return;
        counted.ShouldBeGreaterThan(10_000);
        found.ShouldBeGreaterThan(answers / 4);
    }

    // Everything that the caller can ask: each value and each asset of either world, in the model and in the product.
    internal static List<(string Answer, bool Found)> Answers(
        M.World whole, Twins twins, DateTimeOffset at, bool releasesAtOnce)
    {
        var world = whole.Until(at);
        var grid = new ComposedGrid(world, releasesAtOnce);
        var clearance = new Clearance(twins.Caller.ToProduct(), grid.History);
        var answers = new List<(string, bool)>();
        foreach (var observable in twins.One.Observables.Union(twins.Other.Observables))
        {
            var (view, asked) = grid.Indicator(observable.ToProduct(), clearance, at.ToUnixTimeMilliseconds());
            var evidence = grid.Evidence(observable.ToProduct(), clearance, at.ToUnixTimeMilliseconds());
            answers.Add((JsonSerializer.Serialize(view) + JsonSerializer.Serialize(asked), !view.IsEmpty));
            answers.Add((JsonSerializer.Serialize(evidence), !view.IsEmpty));
            var first = grid.Evidence(observable.ToProduct(), clearance, at.ToUnixTimeMilliseconds(), limit: 1);
            answers.Add((JsonSerializer.Serialize(first), !view.IsEmpty));
            answers.Add((ViewText.Of(observable, view, at), !view.IsEmpty));
            var model = MV.IndicatorView.ToText(MV.IndicatorView.Of(world, observable, twins.Caller, at));
            answers.Add((model, !view.IsEmpty));
            var incident = grid.Incident(observable.ToProduct(), clearance, at.ToUnixTimeMilliseconds());
            answers.Add((JsonSerializer.Serialize(incident), incident is not null));
            var containers = grid.Containers(observable.ToProduct(), clearance, at.ToUnixTimeMilliseconds());
            answers.Add((JsonSerializer.Serialize(containers), containers.Count > 0));
        }

        var lists = new ComposedLists(grid);
        var indicators = lists.Indicators(clearance, at.ToUnixTimeMilliseconds(), ListModelTests.Everything, size: 2);
        answers.Add((JsonSerializer.Serialize(indicators), !indicators[0].Entries.IsEmpty));
        var incidents = lists.Incidents(clearance, at.ToUnixTimeMilliseconds(), ListModelTests.Everything, size: 1);
        answers.Add((JsonSerializer.Serialize(incidents), !incidents[0].Entries.IsEmpty));
        var sector = ListModelTests.Everything with { Sectors = [twins.Seed % 2 == 0 ? "energy" : "health"] };
        indicators = lists.Indicators(clearance, at.ToUnixTimeMilliseconds(), sector, size: 1);
        answers.Add((JsonSerializer.Serialize(indicators), !indicators[0].Entries.IsEmpty));
        incidents = lists.Incidents(clearance, at.ToUnixTimeMilliseconds(), sector, size: 1);
        answers.Add((JsonSerializer.Serialize(incidents), !incidents[0].Entries.IsEmpty));

        foreach (var (owner, asset) in Assets(twins.One).Union(Assets(twins.Other)))
        {
            var view = grid.Asset(owner, asset, clearance, at.ToUnixTimeMilliseconds());
            answers.Add((JsonSerializer.Serialize(view), !view.IsEmpty));
        }

        var past = twins.One.Now.AddHours(-Dice.Beside(twins.Seed).Between(1, 72));
        if (past < at && past >= whole.Versions[0].InForceFrom)
        {
            var changes = ComposedChanges.Between(whole.Until(past), world, twins.Caller) ?? [];
            // Of when: a batch is of one instant, and the worlds' batches are not alike.
            answers.Add((JsonSerializer.Serialize(changes.Select(change => change.Observable).Distinct().Order()), changes.Count > 0));
        }
        return answers;
    }

    private static IEnumerable<(string Owner, string Asset)> Assets(M.World world) => world.Sightings
        .Where(each => each.Asset is not null).Select(each => (each.Owner, each.Asset!.Id)).Distinct();
}
