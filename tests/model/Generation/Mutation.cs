using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Policy;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Generation;

/// <summary>Single changes of a world, of every kind that may be hidden from somebody.</summary>
public sealed class Mutation(Dice dice, World original)
{
    private readonly IReadOnlyList<Observable> _values = original.Observables;

    /// <summary>The world with one change.</summary>
    public World Next(World world) => Changed(world) is { IsConsistent: true } changed ? changed : world;

    private World Changed(World world) => dice.Between(0, 13) switch
    {
        0 or 1 or 2 => world.With([.. world.Sightings, Source(world).Next()]),
        3 => Replaced(world, _ => null),
        4 => Replaced(world, one => Source(world).Next() with
        {
            AcceptedAt = one.AcceptedAt,
            PolicyVersion = one.PolicyVersion,
            Owner = one.Owner,
        }),
        5 => Replaced(world, one => one with
        {
            Description = one.Description + "!",
            SourceRef = "other",
            Id = dice.Guid(),
        }),
        6 => Replaced(world, WithinTheHour),
        7 => Replaced(world, one => one with
        {
            Marking = one.Marking with { Recipients = Source(world).SomeRecipients() },
        }),
        8 => Replaced(world, one => one with { Asset = one.Asset is null || dice.Chance(0.5) ? Source(world).SomeAsset() : null }),
        9 => Replaced(world, one => one with { Marking = WithinTheHour(one.Marking) }),
        10 => Replaced(world, one => OtherOwner(world, one)),
        11 => Replaced(world, one => one with
        {
            Count = one.Count + 1,
            Confidence = 100 - one.Confidence,
            Kind = Source(world).SomeKind(),
            Withdrawn = !one.Withdrawn,
        }),
        12 => Replaced(world, one => MoreObservables(one)),
        _ => OtherPolicy(world),
    };

    private RandomSightings Source(World world) => new(dice, world.Versions, world.Now, _values, hours: 5);

    private World Replaced(World world, Func<Sighting, Sighting?> change)
    {
        if (world.Sightings.Count == 0) return world;
        var chosen = dice.Pick(world.Sightings);
        var changed = change(chosen);
        if (chosen.Said is not null && changed is not null) changed = Source(world).AsContribution(changed with { Said = chosen.Said });
        return world.With(
            [.. world.Sightings.Select(one => ReferenceEquals(one, chosen) ? changed : one).OfType<Sighting>()]);
    }

    private Sighting WithinTheHour(Sighting one)
    {
        var last = Hours.Floor(one.LastSeen).AddMilliseconds(dice.Between(0, 3_599_999));
        var first = Hours.Floor(one.FirstSeen).AddMilliseconds(dice.Between(0, 3_599_999));
        return one with { LastSeen = last, FirstSeen = first < last ? first : Hours.Floor(one.FirstSeen) };
    }

    // An embargo ends at the same hour for everybody else whatever its minute; likewise an expiry.
    private Marking WithinTheHour(Marking marking) => marking with
    {
        EmbargoUntil = marking.EmbargoUntil is { } until ? Hours.Ceiling(until).AddMinutes(-dice.Between(0, 59)) : null,
        ExpiresAt = marking.ExpiresAt is { } expires ? Hours.Floor(expires).AddMinutes(dice.Between(0, 59)) : null,
    };

    private Sighting OtherOwner(World world, Sighting one)
    {
        var jurisdiction = world.JurisdictionOf(one);
        return one with
        {
            Owner = dice.Pick([.. world.Versions[one.PolicyVersion - 1].Organisations
                .Where(other => other.Jurisdiction == jurisdiction)]).Id,
        };
    }

    private Sighting MoreObservables(Sighting one) => one with
    {
        Observables = [.. one.Observables.Append(dice.Pick(Palette.Observables)).Distinct().Order()],
    };

    /// <summary>
    /// A version changed, or one more between two: the numbers of the later ones shift, which nobody may notice.
    /// </summary>
    private World OtherPolicy(World world)
    {
        var index = dice.Between(0, world.Versions.Count - 1);
        var edited = Policies.Edited(dice, world.Versions[index], world.Now);
        if (dice.Chance(0.4)) return world.With([.. world.Versions.Select((one, at) => at == index ? edited : one)]);
        var from = index == 0 ? Palette.Noon.AddDays(-4) : edited.InForceFrom.AddMinutes(3);
        var isLast = index + 1 == world.Versions.Count;
        if (from > world.Now || (!isLast && from >= world.Versions[index + 1].InForceFrom)) return world;
        var versions = world.Versions.Take(index + 1)
            .Append(edited with { InForceFrom = from }).Concat(world.Versions.Skip(index + 1))
            .Select((one, at) => one with { Number = at + 1 }).ToList();
        return new(
            versions,
            [.. world.Sightings.Select(one => one with { PolicyVersion = NumberAt(versions, one.AcceptedAt) })],
            world.Now);
    }

    private static int NumberAt(IReadOnlyList<PolicyVersion> versions, DateTimeOffset at) =>
        versions.Last(version => version.InForceFrom <= at).Number;
}
