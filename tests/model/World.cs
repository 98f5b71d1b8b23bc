using CrossBorderSoc.Tests.Model.Policy;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model;

/// <summary>Who asks: an organisation, and the person when the call names one; or a feed, which takes the answer to another machine.</summary>
public sealed record Caller(string Organisation, string? Person = null, bool IsFeed = false)
{
    public override string ToString() => (Person is null ? Organisation : $"{Person}@{Organisation}") + (IsFeed ? " by feed" : "");
}

/// <summary>
/// Everything that the grid was told: policy versions (numbered from 1, each in force from an instant, the first from
/// the
/// beginning) and accepted sightings. <see cref="Now"/> is the clock.
/// </summary>
public sealed class World(IReadOnlyList<PolicyVersion> versions, IReadOnlyList<Sighting> sightings, DateTimeOffset now)
{
    private readonly Lazy<ILookup<Observable, Sighting>> _byObservable = new(() => sightings
        .SelectMany(sighting => sighting.Observables.Concat(Joins.Of(sighting)).Select(observable => (observable, sighting)))
        .ToLookup(pair => pair.observable, pair => pair.sighting));

    private readonly Lazy<ILookup<(string Owner, string Asset), Sighting>> _byAsset = new(() => sightings
        .Where(sighting => sighting.Asset is not null)
        .ToLookup(sighting => (sighting.Owner, sighting.Asset!.Id)));

    public IReadOnlyList<PolicyVersion> Versions => versions;

    public IReadOnlyList<Sighting> Sightings => sightings;

    public DateTimeOffset Now => now;

    /// <summary>The version in force at an instant.</summary>
    public PolicyVersion VersionAt(DateTimeOffset at) => versions.Last(version => version.InForceFrom <= at);

    /// <summary>The versions under which a sighting was ever kept, from its acceptance to an instant.</summary>
    public IEnumerable<PolicyVersion> VersionsOf(Sighting sighting, DateTimeOffset at) =>
        versions.Where(version => version.Number >= sighting.PolicyVersion && version.InForceFrom <= at);

    /// <summary>The owner's jurisdiction, as of acceptance.</summary>
    public string JurisdictionOf(Sighting sighting) =>
        versions[sighting.PolicyVersion - 1].Find(sighting.Owner)?.Jurisdiction
        ?? throw new InvalidOperationException(
            $"{sighting.Owner} was no organisation when {sighting.Id} was accepted.");

    /// <summary>
    /// Whether every sighting was accepted under the version then in force, from an organisation of it.
    /// </summary>
    public bool IsConsistent => sightings.All(sighting =>
        VersionAt(sighting.AcceptedAt) is var version && version.Number == sighting.PolicyVersion
        && version.Find(sighting.Owner) is not null);

    /// <summary>The sightings that name an observable, by their asset or themselves.</summary>
    public IEnumerable<Sighting> Naming(Observable observable) => _byObservable.Value[observable];

    /// <summary>The sightings on an owner's asset.</summary>
    public IEnumerable<Sighting> On(string owner, string asset) => _byAsset.Value[(owner, asset)];

    /// <summary>Every observable that any sighting names, by its asset or itself, sorted.</summary>
    public IReadOnlyList<Observable> Observables =>
        [.. sightings.SelectMany(sighting => sighting.Observables.Concat(Joins.Of(sighting))).Distinct().Order()];

    /// <summary>The same world with other sightings.</summary>
    public World With(IReadOnlyList<Sighting> others) => new(versions, others, now);

    /// <summary>The same world with another policy.</summary>
    public World With(IReadOnlyList<PolicyVersion> others) => new(others, sightings, now);

    /// <summary>The same world at another time.</summary>
    public World At(DateTimeOffset instant) => new(versions, sightings, instant);

    /// <summary>What was known at an instant: the versions in force and the sightings accepted until then.</summary>
    public World Until(DateTimeOffset instant) => new(
        [.. versions.Where(version => version.InForceFrom <= instant)],
        [.. sightings.Where(sighting => sighting.AcceptedAt <= instant)], instant);
}
