using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Disclosure;

/// <summary>
/// A sighting in the form that a caller sees. Redacted holds "exactly: the disclosed observables, kind, count, first
/// and last
/// cut to the hour, confidence, TLP, PAP, techniques, jurisdiction; and, when attribution is named, owner and
/// description".
/// <see cref="Whole"/> is there for Full only: "every field".
/// </summary>
public sealed record Form(
    Level Level, IReadOnlyList<Observable> Observables, Kind Kind, uint Count,
    DateTimeOffset First, DateTimeOffset Last, int Confidence, Tlp Tlp, Pap Pap, IReadOnlyList<string> Techniques,
    string Jurisdiction, string? Owner, string? Description, Sighting? Whole, Said? Said = null)
{
    /// <summary>Whether it is no sighting.</summary>
    public bool IsContribution => Kind == Kind.Contribution;

    /// <summary>What it names: its observables and, "of Full only", what its asset joins. Sorted.</summary>
    public IReadOnlyList<Observable> Named => Whole is null ? Observables : [.. Observables.Concat(Joins.Of(Whole)).Order()];

    /// <summary>What a caller sees of a sighting at an instant, or null.</summary>
    public static Form? Of(World world, Sighting sighting, Caller caller, DateTimeOffset at) =>
        at < sighting.AcceptedAt ? null : Of(world, sighting, Decision.OnEach(world, sighting, caller, at));

    /// <summary>The form of a sighting whose observables were decided, or null.</summary>
    public static Form? Of(World world, Sighting sighting, IReadOnlyDictionary<Observable, Verdict> verdicts) =>
        Decision.Of(verdicts) switch
        {
            Level.Full => Full(world, sighting),
            Level.Redacted => Redacted(world, sighting,
                [.. sighting.Observables.Where(each => verdicts[each].Level != Level.None)]),
            _ => null,
        };

    /// <summary>The forms of all sightings in which a caller sees an observable, in no order.</summary>
    public static IReadOnlyList<Form> AllOf(World world, Observable observable, Caller caller, DateTimeOffset at) =>
        [.. AllNaming(world, observable, caller, at).Where(form => !form.IsContribution)];

    /// <summary>The forms of all contributions in which a caller sees an observable, in no order.</summary>
    public static IReadOnlyList<Form> AllSaidOf(World world, Observable observable, Caller caller, DateTimeOffset at) =>
        [.. AllNaming(world, observable, caller, at).Where(form => form.IsContribution)];

    private static IEnumerable<Form> AllNaming(World world, Observable observable, Caller caller, DateTimeOffset at) =>
        world.Naming(observable).Select(sighting => Of(world, sighting, caller, at)).OfType<Form>()
            .Where(form => form.Named.Contains(observable));

    private static Form Full(World world, Sighting it) => new(
        Level.Full, it.Observables, it.Kind, it.Count, it.FirstSeen, it.LastSeen, it.Confidence, it.Marking.Tlp,
        it.Marking.Pap, it.Techniques, world.JurisdictionOf(it), it.Owner, it.Description, it, it.Said);

    private static Form Redacted(World world, Sighting it, IReadOnlyList<Observable> visible)
    {
        var named = it.Marking.Attribution == Attribution.Named;
        return new(Level.Redacted, visible, it.Kind, it.Count, Hours.Floor(it.FirstSeen), Hours.Floor(it.LastSeen),
            it.Confidence, it.Marking.Tlp, it.Marking.Pap, it.Techniques, world.JurisdictionOf(it),
            named ? it.Owner : null, named ? it.Description : null, null,
            named || it.Said is null ? it.Said : it.Said with { Service = "" });
    }
}
