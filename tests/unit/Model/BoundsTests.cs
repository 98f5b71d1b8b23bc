using CrossBorderSoc.Tests.Model.Generation;
using CrossBorderSoc.Tests.Model.Views;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Model;

/// <summary>
/// Bounds can be kept by part and joined without loss: the newest of a union are among the newest of its parts.
/// </summary>
public class BoundsTests(ITestOutputHelper output)
{
    private const int Seed = 20260603;

    [Fact]
    public void NewestOfParts_JoinedAreTheNewestOfAll()
    {
        for (var seed = Seed; seed < Seed + 5_000; seed++)
        {
            var dice = new Dice(seed);
            var most = dice.Between(1, 6);
            var seen = Enumerable.Range(0, dice.Between(0, 30))
                .Select(_ => (Thing: dice.Between(0, 12), Last: Palette.Noon.AddMinutes(dice.Between(0, 5)))).ToList();
            var parts = seen.GroupBy(_ => dice.Between(0, 3))
                .Select(part => Newest.Of(part, Comparer<int>.Default, most)).ToList();
            var all = Newest.Of(seen, Comparer<int>.Default, most);
            Newest.Of(parts.SelectMany(part => part), Comparer<int>.Default, most).ShouldBe(all, $"seed {seed}");
            Math.Min(most, parts.SelectMany(part => part).Select(each => each.Thing).Distinct().Count())
                .ShouldBe(all.Count, $"seed {seed}: the distinct count");
        }
    }

    [Fact]
    public void CrowdedWorlds_PassEveryBound()
    {
        var bounds = new bool[4];
        for (var seed = Seed; seed < Seed + 4; seed++)
        {
            var world = Worlds.Crowded(seed);
            foreach (var caller in world.Versions[^1].Organisations)
            {
                var view = IndicatorView.Of(world, Palette.Observables[0], new(caller.Id), world.Now);
                if (view is null) continue;
                bounds[0] |= view.Neighbours.Any(list => list.DistinctCount == Newest.Neighbours);
                bounds[1] |= view.Techniques.Count == Newest.Techniques;
                bounds[2] |= view.Assets.Count == Newest.Assets;
                bounds[3] |= view.Histogram.Select(bar => bar.Hour).Distinct().Count() == Newest.HistogramHours;
            }
        }

        output.WriteLine(
            $"seed {Seed}: neighbours, techniques, assets, hours at their bound: {string.Join(", ", bounds)}");
        bounds.ShouldAllBe(met => met);
    }
}
