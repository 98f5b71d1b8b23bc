using System.Collections.Immutable;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>
/// What one caller sees of one observable that decides about incidents (design 3.4), or a part of it from one home. Of
/// positive sightings and contributions only.
/// </summary>
/// <param name="Activity">When each jurisdiction saw it. Sorted by jurisdiction (ordinal).</param>
/// <param name="Neighbours">As in <see cref="IndicatorView"/>, of positive sightings.</param>
/// <param name="Contributions">What was said of incidents that hold it, in <see cref="EvidenceOrder"/>: the first
/// <see cref="Bounds.ContributionsDecidingMax"/> openings, links and splits, and the first <see cref="Bounds.ContributionsShownMax"/> of the
/// rest.</param>
/// <param name="IsCut">Whether there are more contributions than that.</param>
[GenerateSerializer, Immutable, Alias("Correlation")]
public sealed record Correlation(
    [property: Id(0)] ImmutableArray<JurisdictionActivity> Activity, [property: Id(1)] ImmutableArray<NeighbourList> Neighbours,
    [property: Id(2)] ImmutableArray<DisclosedSighting> Contributions,
    [property: Id(3)] bool IsCut = false)
{
    /// <summary>As in <see cref="IndicatorView"/>, of positive sightings.</summary>
    [Id(4)]
    public ImmutableArray<Seen> Sectors { get; init; } = [];

    /// <summary>One out of parts whose compartments are disjoint. Associative and commutative.</summary>
    public static Correlation Merge(params IEnumerable<Correlation> parts)
    {
        var gathering = new Gathering();
        foreach (var part in parts) gathering.Add(part);
        return gathering.ToCorrelation();
    }
}

/// <summary>When a jurisdiction saw something, as disclosed.</summary>
/// <param name="Jurisdiction">ISO 3166 code, or EU.</param>
/// <param name="LastSeen">The latest last-seen; Unix milliseconds UTC.</param>
/// <param name="Hours">The newest <see cref="Bounds.HistogramHoursMax"/> hours of a last-seen (starts, Unix milliseconds UTC),
/// oldest first.</param>
[GenerateSerializer, Immutable, Alias("JurisdictionActivity")]
public sealed record JurisdictionActivity(
    [property: Id(0)] string Jurisdiction, [property: Id(1)] long LastSeen, [property: Id(2)] ImmutableArray<long> Hours);
