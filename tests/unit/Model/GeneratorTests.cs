using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using CrossBorderSoc.Tests.Model.Sightings;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Model;

/// <summary>Random worlds are dense where DESIGN 3.1 decides, and the model itself is sound on them.</summary>
public class GeneratorTests(ITestOutputHelper output)
{
    private const int Seed = 20260601;

    [Fact]
    public void Worlds_EveryRuleDecidesOnePercent()
    {
        var coverage = new Coverage();
        for (var seed = Seed; seed < Seed + 3_000; seed++)
        {
            var world = Worlds.Random(seed);
            var dice = Dice.Beside(seed);
            var (caller, at) = (Worlds.SomeCaller(dice, world), Worlds.SomeInstant(dice, world));
            foreach (var sighting in world.Sightings.Where(each => each.AcceptedAt <= at))
                foreach (var verdict in Decision.OnEach(world, sighting, caller, at).Values)
                    coverage.Count(verdict.Rule);
        }

        output.WriteLine($"seed {Seed}{Environment.NewLine}{coverage}");
        coverage.Below(0.01).ShouldBeEmpty(coverage.ToString());
    }

    [Fact]
    public void Worlds_AreConsistent()
    {
        for (var seed = Seed; seed < Seed + 3_000; seed++)
            Worlds.Random(seed).IsConsistent.ShouldBeTrue($"seed {seed}");
        Worlds.Crowded(Seed).IsConsistent.ShouldBeTrue();
    }

    [Fact]
    public void Level_FallsFromClearToRed()
    {
        for (var seed = Seed; seed < Seed + 2_000; seed++)
        {
            var world = Worlds.Random(seed, mostSightings: 5);
            var dice = Dice.Beside(seed);
            var (caller, at) = (Worlds.SomeCaller(dice, world), Worlds.SomeInstant(dice, world));
            foreach (var sighting in world.Sightings.Where(each => each.AcceptedAt <= at))
                foreach (var observable in sighting.Observables)
                    Enum.GetValues<Tlp>()
                        .Select(tlp => sighting with { Marking = sighting.Marking with { Tlp = tlp } })
                        .Select(relabelled => Decision.On(world, relabelled, observable, caller, at).Level)
                        .ShouldBeInOrder(SortDirection.Descending, $"seed {seed}: {sighting.Marking} for {caller}");
        }
    }

    [Fact]
    public void Decision_OneLevelOnAllThatASightingShows()
    {
        for (var seed = Seed; seed < Seed + 2_000; seed++)
        {
            var world = Worlds.Random(seed, mostSightings: 10);
            var dice = Dice.Beside(seed);
            var (caller, at) = (Worlds.SomeCaller(dice, world), Worlds.SomeInstant(dice, world));
            foreach (var sighting in world.Sightings.Where(each => each.AcceptedAt <= at))
                Decision.OnEach(world, sighting, caller, at).Values.Select(verdict => verdict.Level)
                    .Where(level => level != Level.None).Distinct().Count().ShouldBeLessThan(2, $"seed {seed}");
        }
    }
}
