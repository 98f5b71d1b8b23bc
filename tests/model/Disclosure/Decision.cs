using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Disclosure;

/// <summary>DESIGN 3.1: how much of a sighting, per observable, a caller may see at an instant.</summary>
public static class Decision
{
    /// <summary>
    /// The level on each observable of a sighting that has been accepted, with the rule that decided.
    /// </summary>
    public static IReadOnlyDictionary<Observable, Verdict> OnEach(
        World world, Sighting sighting, Caller caller, DateTimeOffset at) =>
        sighting.Observables.ToDictionary(one => one, one => On(world, sighting, one, caller, at));

    /// <summary>The level on one observable of a sighting, with the rule that decided.</summary>
    public static Verdict On(World world, Sighting sighting, Observable observable, Caller caller, DateTimeOffset at) =>
        sighting.Kind == Kind.Contribution
            ? ShownWholeOrNot([.. sighting.Observables.Select(one => Alone(world, sighting, one, caller, at))])
                ?? Alone(world, sighting, observable, caller, at)
            : Alone(world, sighting, observable, caller, at);

    // 3.4: a contribution "shows in p's incident whose core holds all of them", so that who may not see all of them sees none of it.
    private static Verdict? ShownWholeOrNot(IReadOnlyList<Verdict> verdicts) =>
        verdicts.FirstOrDefault(verdict => verdict.Level == Level.None);

    private static Verdict Alone(World world, Sighting sighting, Observable observable, Caller caller, DateTimeOffset at) =>
        WithdrawnIsGoneForEverybody(sighting)
        ?? RedLeavesThroughNoFeed(sighting, caller)
        ?? OwnerSeesOwn(sighting, caller)
        ?? HiddenBeforeEmbargoUntil(sighting, at)
        ?? HiddenFromExpiresAt(sighting, at)
        ?? LowestSinceAcceptance(world, sighting, observable, caller, at);

    /// <summary>The level of a whole sighting: Full if every observable is, else Redacted if any is visible.</summary>
    public static Level Of(IReadOnlyDictionary<Observable, Verdict> verdicts) =>
        verdicts.Values.All(verdict => verdict.Level == Level.Full) ? Level.Full
        : verdicts.Values.Any(verdict => verdict.Level != Level.None) ? Level.Redacted
        : Level.None;

    private static Verdict? WithdrawnIsGoneForEverybody(Sighting sighting) =>
        sighting.Withdrawn ? new(Level.None, Rule.Withdrawn) : null;

    private static Verdict? RedLeavesThroughNoFeed(Sighting sighting, Caller caller) =>
        caller.IsFeed && sighting.Marking.Tlp == Tlp.Red ? new(Level.None, Rule.NoFeed) : null;

    private static Verdict? OwnerSeesOwn(Sighting sighting, Caller caller) =>
        sighting.Owner == caller.Organisation ? new(Level.Full, Rule.Owner) : null;

    private static Verdict? HiddenBeforeEmbargoUntil(Sighting sighting, DateTimeOffset at) =>
        sighting.Marking.EmbargoUntil is { } until && at < Hours.Ceiling(until) ? new(Level.None, Rule.Embargo) : null;

    private static Verdict? HiddenFromExpiresAt(Sighting sighting, DateTimeOffset at) =>
        sighting.Marking.ExpiresAt is { } expires && at >= Hours.Floor(expires) ? new(Level.None, Rule.Expiry) : null;

    // 3.1.5 as reading 1 has it: the lowest of the levels under the versions of acceptance … now.
    private static Verdict LowestSinceAcceptance(
        World world, Sighting sighting, Observable observable, Caller caller, DateTimeOffset at)
    {
        var verdicts = world.VersionsOf(sighting, at)
            .Select(version => new Audience(version, sighting, at).Highest(observable, caller))
            .ToList();
        var lowest = verdicts.Min(verdict => verdict.Level);
        var (first, last) = (verdicts[0], verdicts[^1]);
        if (last.Level > lowest) return new(lowest, Rule.NotWidened);
        return first.Level > lowest ? new(lowest, Rule.Narrowed) : last;
    }
}
