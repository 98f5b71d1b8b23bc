using CrossBorderSoc.Tests.Model;
using CrossBorderSoc.Tests.Model.Generation;
using CrossBorderSoc.Tests.Model.Views;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Model;

/// <summary>Non-interference holds in the model: worlds of equal projection give a caller equal answers.</summary>
public class TwinsTests(ITestOutputHelper output)
{
    private const int Seed = 20260602;
    private const int Tried = 12_000;

    [Fact]
    public void Twins_LookAlikeUnderTheModel()
    {
        var (counted, views, visible) = (0, 0, 0);
        Parallel.For(Seed, Seed + Tried, seed =>
        {
            var twins = Twins.Random(seed);
            if (!twins.HidesSomething) return;
            Interlocked.Increment(ref counted);
            twins.AreAlike.ShouldBeTrue($"seed {seed}: not twins");
            foreach (var at in Asked(twins))
                foreach (var observable in twins.One.Observables.Union(twins.Other.Observables))
                {
                    var one = Answers(twins.One, observable, twins.Caller, at);
                    Answers(twins.Other, observable, twins.Caller, at).ShouldBe(one, $"seed {seed}, {twins.Caller} at {at:O}");
                    Interlocked.Increment(ref views);
                    if (one != Text.NotFound + Text.NotFound) Interlocked.Increment(ref visible);
                }
        });

        output.WriteLine($"seeds {Seed}..{Seed + Tried - 1}: {counted} pairs, {views} views, {visible} with something to see");
        counted.ShouldBeGreaterThan(10_000, "too many pairs hide nothing");
        visible.ShouldBeGreaterThan(views / 5, "too few views show anything");
    }

    private static IReadOnlyList<DateTimeOffset> Asked(Twins twins)
    {
        var dice = new Dice(twins.Seed);
        return [twins.One.Now, dice.Pick(twins.Instants)];
    }

    private static string Answers(World world, Tests.Model.Sightings.Observable observable, Caller caller, DateTimeOffset at) =>
        IndicatorView.ToText(IndicatorView.Of(world, observable, caller, at))
        + Evidence.ToText(Evidence.Of(world, observable, caller, at));
}
