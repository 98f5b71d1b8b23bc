using CrossBorderSoc.Tests.Model;
using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using CrossBorderSoc.Tests.Model.Incidents;
using CrossBorderSoc.Tests.Model.Policy;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>
/// Small random worlds that live in one grid beside each other: each has values, owners, communities and agreements of its own, so that
/// what is right for one is what the model says of that one alone.
/// </summary>
internal static class SideBySide
{
    /// <summary>Where the grid's clock begins.</summary>
    public static readonly DateTimeOffset Clock = Palette.Noon.AddMinutes(2);

    // When a grid has started and the first question may come. From then on nothing may change by time alone while a test runs.
    private static readonly DateTimeOffset Begun = Clock.AddSeconds(1);
    private static readonly DateTimeOffset HourEnds = Palette.Noon.AddHours(1);

    /// <summary>The worlds of consecutive seeds, but for those in which something changes by time within the hour.</summary>
    public static IEnumerable<World> Worlds(int firstSeed) => Enumerable.Range(0, int.MaxValue)
        .Select(i => Named(Random(firstSeed + i), $"w{i}"))
        .Where(world => !Edges(world).Any(edge => edge > Begun && edge <= HourEnds));

    /// <summary>The policy of all of them together.</summary>
    public static PolicyVersion Together(IReadOnlyCollection<World> worlds) => new(
        1, DateTimeOffset.MinValue, [.. worlds.SelectMany(world => world.Versions[0].Organisations)],
        [.. worlds.SelectMany(world => world.Versions[0].Agreements)]);

    private static World Random(int seed)
    {
        var dice = new Dice(seed);
        var version = Policies.Random(dice, Clock)[0];
        var values = Enumerable.Range(0, dice.Between(2, 6)).Select(i => new Observable(dice.Pick(Palette.Types), $"v{i}"));
        var source = new RandomSightings(dice, [version], Clock, [.. values], hours: dice.Chance(0.3) ? 24 * 9 : 5);
        var sightings = Enumerable.Range(0, dice.Between(5, 40)).Select(_ => source.Next()).Where(each => !each.Withdrawn);
        return new([version], [.. sightings.Select(each => each with { AcceptedAt = Clock })], Begun);
    }

    // Every name gets the world's at its end.
    private static World Named(World world, string name)
    {
        var version = world.Versions[0];
        return new(
            [
                version with
                {
                    Organisations = [.. version.Organisations.Select(each => each with
                    {
                        Id = Of(each.Id), Communities = All(each.Communities), Clients = All(each.Clients),
                    })],
                    Agreements = [.. version.Agreements.Select(each => each with
                    {
                        Provider = Of(each.Provider), Consumer = Of(each.Consumer),
                    })],
                },
            ],
            [
                .. world.Sightings.Select(each => each with
                {
                    Owner = Of(each.Owner),
                    Observables = [.. each.Observables.Select(one => one with { Value = Of(one.Value) }).Order()],
                    Marking = each.Marking with { Recipients = All(each.Marking.Recipients) },
                }),
            ],
            world.Now);

        string Of(string text) => $"{text}.{name}";

        IReadOnlyList<string> All(IReadOnlyList<string> texts) => [.. texts.Select(Of)];
    }

    private static IEnumerable<DateTimeOffset> Edges(World world) => Model.Generation.Worlds.Edges(world).Concat(
        world.Sightings.SelectMany(each => new[] { each.LastSeen, Hours.Floor(each.LastSeen) }).Select(last => last + Picture.Window));
}
