using CrossBorderSoc.Tests.Model.Policy;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Generation;

/// <summary>
/// Two worlds that a caller must not be able to tell apart at any of the instants: their projections are equal, by the
/// model's
/// own definition, and what is hidden differs.
/// </summary>
public sealed record Twins(int Seed, World One, World Other, Caller Caller, IReadOnlyList<DateTimeOffset> Instants)
{
    private const int AttemptsMax = 12;

    /// <summary>Whether some sighting differs. A pair in which none does proves nothing, and does not count.</summary>
    public bool HidesSomething => Projection.SightingsDiffer(One, Other);

    /// <summary>Whether the projections are equal indeed.</summary>
    public bool AreAlike => Projection.Of(One, Caller, Instants) == Projection.Of(Other, Caller, Instants);

    /// <summary>
    /// A pair: a random world, and the same after a few changes that the caller cannot see. A change that the caller
    /// could see
    /// is taken back.
    /// </summary>
    public static Twins Random(int seed)
    {
        var dice = Dice.Beside(seed);
        var world = Worlds.Random(seed, mostSightings: 12);
        var caller = Worlds.SomeCaller(dice, world);
        var mutation = new Mutation(dice, world);
        var (other, instants) = (world, Worlds.Edges(world));
        var (wanted, made) = (dice.Between(1, 6), 0);
        for (var attempt = 0; made < wanted && attempt < AttemptsMax; attempt++)
        {
            var changed = mutation.Next(other);
            var edges = (IReadOnlyList<DateTimeOffset>)[.. instants.Concat(Worlds.Edges(changed)).Distinct().Order()];
            if (!Alike(other, changed, caller, edges)) continue;
            (other, instants, made) = (changed, edges, made + 1);
        }

        other = other.With(dice.Some(other.Sightings, other.Sightings.Count));
        return new(seed, world, other, caller, instants);
    }

    // One step keeps what it shares with the step before, so where the policy is the same only what differs is looked
    // at.
    private static bool Alike(World one, World other, Caller caller, IReadOnlyList<DateTimeOffset> instants)
    {
        if (!ReferenceEquals(one.Versions, other.Versions))
            return Projection.Of(one, caller, instants) == Projection.Of(other, caller, instants);
        var shared = one.Sightings.ToHashSet(ReferenceEqualityComparer.Instance);
        shared.IntersectWith(other.Sightings);
        return Seen(one).SequenceEqual(Seen(other));

        IEnumerable<string> Seen(World world) => world.Sightings.Where(each => !shared.Contains(each))
            .Select(each => Projection.Of(world, each, caller, instants)).Where(seen => seen.Length > 0)
            .Order(StringComparer.Ordinal);
    }
}
