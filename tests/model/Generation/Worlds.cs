using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Generation;

/// <summary>Random worlds: small and dense near every boundary of DESIGN 3.1, or crowded beyond every bound of a view.</summary>
public static class Worlds
{
    /// <summary>A small world: 3 to 8 organisations at first, 1 to 4 policy versions, 1 to 30 sightings of 2 to 6 values.</summary>
    public static World Random(int seed, int mostSightings = 30)
    {
        var dice = new Dice(seed);
        var now = dice.Chance(0.4) ? Palette.Noon : Palette.Near(dice, Palette.Noon);
        var versions = Policies.Random(dice, now);
        var values = dice.Some(Palette.Observables, dice.Between(2, 6));
        var source = new RandomSightings(dice, versions, now, values, hours: 5);
        return new(versions, [.. Enumerable.Range(0, dice.Between(1, mostSightings)).Select(_ => source.Next())], now);
    }

    /// <summary>A crowded world: more neighbours, techniques, assets and hours around its first value than a view keeps.</summary>
    public static World Crowded(int seed)
    {
        var dice = new Dice(seed);
        var now = Palette.Noon;
        var versions = Policies.Random(dice, now);
        var hot = Palette.Observables[0];
        var source = new RandomSightings(dice, versions, now, [hot], hours: 2500);
        return new(versions, [.. Enumerable.Range(0, 2400).Select(_ => Crowd(dice, source.Next(), hot))], now);
    }

    /// <summary>Who may ask in a world: every organisation that ever was, one that never was, and persons.</summary>
    public static Caller SomeCaller(Dice dice, World world)
    {
        var organisation = dice.Chance(0.015)
            ? "nobody.lu"
            : dice.Pick(dice.Pick(world.Versions).Organisations).Id;
        return new(organisation, dice.Chance(0.5) ? dice.Pick(Palette.Persons) : null);
    }

    /// <summary>An instant to ask at: the world's clock, or one at which something changes, or a hair beside it.</summary>
    public static DateTimeOffset SomeInstant(Dice dice, World world)
    {
        if (dice.Chance(0.6)) return world.Now;
        var edge = dice.Pick(Edges(world));
        return edge.AddMilliseconds(dice.Pick([-1, 0, 0, 1]));
    }

    /// <summary>Every instant at which something may change for somebody, sorted.</summary>
    public static IReadOnlyList<DateTimeOffset> Edges(World world) =>
    [
        .. world.Versions.Skip(1).Select(version => version.InForceFrom)
            .Concat(world.Versions.SelectMany(version => version.Agreements)
                .SelectMany(agreement => new[] { agreement.ValidFrom, agreement.ValidUntil ?? agreement.ValidFrom }))
            .Concat(world.Sightings.SelectMany(EdgesOf))
            .Append(world.Now).Distinct().Order(),
    ];

    private static IEnumerable<DateTimeOffset> EdgesOf(Sighting sighting)
    {
        yield return sighting.AcceptedAt;
        if (sighting.Marking.EmbargoUntil is { } embargo) yield return Hours.Ceiling(embargo);
        if (sighting.Marking.ExpiresAt is { } expires) yield return Hours.Floor(expires);
    }

    private static Sighting Crowd(Dice dice, Sighting one, Observable hot) => one with
    {
        Observables =
        [
            .. Enumerable.Range(0, dice.Between(0, 2)).Select(_ => new Observable("domain-name", $"n{dice.Between(0, 149)}.example"))
                .Append(hot).Distinct().Order(),
        ],
        Asset = dice.Chance(0.5) ? one.Asset : new Asset($"srv-{dice.Between(1, 150)}"),
        Techniques = [$"T{dice.Between(1000, 1099)}"],
        Count = 1,
    };
}
