using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Generation;

/// <summary>
/// Random worlds: small and dense near every boundary of DESIGN 3.1, or crowded beyond every bound of a view.
/// </summary>
public static class Worlds
{
    /// <summary>
    /// A small world: 3 to 8 organisations at first, 1 to 4 policy versions, 1 to 30 sightings of 2 to 6 values.
    /// </summary>
    public static World Random(int seed, int mostSightings = 30)
    {
        var dice = new Dice(seed);
        var now = dice.Chance(0.4) ? Palette.Noon : Palette.Near(dice, Palette.Noon);
        var versions = Policies.Random(dice, now);
        var values = dice.Some(Palette.Observables, dice.Between(2, 6));
        var source = new RandomSightings(dice, versions, now, values, hours: 5);
        return new(versions, [.. Enumerable.Range(0, dice.Between(1, mostSightings)).Select(_ => source.Next())], now);
    }

    /// <summary>
    /// A crowded world: more neighbours, techniques, assets, sectors and hours around its first value than a view keeps, and in
    /// one
    /// compartment several times as many.
    /// </summary>
    public static World Crowded(int seed)
    {
        var dice = new Dice(seed);
        var now = Palette.Noon;
        var versions = Policies.Random(dice, now);
        var source = new RandomSightings(dice, versions, now, [Palette.Observables[0]], hours: 6_000);
        var said = Enumerable.Range(0, 8).Select(_ => source.Next()).ToList();
        return new(
            versions,
            [
                .. Enumerable.Range(0, 5_000)
                    .Select(_ => Crowd(dice, dice.Chance(0.6) ? said[0] : dice.Pick(said), source.Next())),
            ],
            now);
    }

    /// <summary>Who may ask in a world: every organisation that ever was, one that never was, persons, and feeds.</summary>
    public static Caller SomeCaller(Dice dice, World world)
    {
        var organisation = dice.Chance(0.015)
            ? "nobody.lu"
            : dice.Pick(dice.Pick(world.Versions).Organisations).Id;
        return new(organisation, dice.Chance(0.5) ? dice.Pick(Palette.Persons) : null, dice.Chance(0.12));
    }

    /// <summary>
    /// An instant to ask at: the world's clock, or one at which something changes, or a hair beside it.
    /// </summary>
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

    // Of what was said before only owner, marking, kind, policy and description: one compartment for each.
    private static Sighting Crowd(Dice dice, Sighting said, Sighting fresh) => said with
    {
        Id = fresh.Id,
        Observables =
        [
            .. dice.Some(Enumerable.Range(0, 900), dice.Between(0, 2))
                .Select(number => new Observable("domain-name", $"n{number}.example"))
                .Append(Palette.Observables[0]).Order(),
        ],
        FirstSeen = said.Said is null ? fresh.FirstSeen : fresh.LastSeen,
        LastSeen = fresh.LastSeen,
        Asset = said.Said is not null ? null : dice.Chance(0.5) ? fresh.Asset : OneOfMany(dice.Between(1, 900)),
        Techniques = said.Said is null ? [$"T{dice.Between(1000, 1699)}"] : [],
        Withdrawn = false,
    };

    private static Asset OneOfMany(int number) => new($"srv-{number}", $"Sector {number % 90}");
}
