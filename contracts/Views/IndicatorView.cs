using System.Collections.Immutable;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>
/// What one caller sees of one indicator, or a part of it from one home (decision 0001, "What a view holds").
/// </summary>
/// <param name="TalliesByJurisdiction">Sorted by jurisdiction (ordinal), kind.</param>
/// <param name="TalliesBySource">Sorted by source (ordinal), an organisation before a jurisdiction, jurisdiction,
/// kind.</param>
/// <param name="Histogram">The newest <see cref="Bounds.HistogramHoursMax"/> hours, sorted by hour, kind.</param>
/// <param name="Markings">The distinct disclosed markings, sorted.</param>
/// <param name="Techniques">The newest <see cref="Bounds.TechniquesKeptMax"/>, in order.</param>
/// <param name="Neighbours">Per type, sorted by type; a type without neighbours has no entry.</param>
/// <param name="Assets">Of Full only: the newest <see cref="Bounds.AssetsKeptMax"/>, in order.</param>
/// <param name="SameFile">Of a hash: other hashes of the same file, as one sighting names them; as <paramref name="Neighbours"/>.</param>
/// <param name="Sectors">Of Full only: the newest <see cref="Bounds.SectorsKeptMax"/> sectors of assets, as <c>TrendName.OfSector</c> makes
/// them, in order.</param>
[GenerateSerializer, Immutable, Alias("IndicatorView")]
public sealed record IndicatorView(
    [property: Id(0)] ImmutableArray<JurisdictionTally> TalliesByJurisdiction,
    [property: Id(1)] ImmutableArray<SourceTally> TalliesBySource,
    [property: Id(2)] ImmutableArray<HourCount> Histogram,
    [property: Id(3)] ImmutableArray<DisclosedMarking> Markings, [property: Id(4)] ImmutableArray<Seen> Techniques,
    [property: Id(5)] ImmutableArray<NeighbourList> Neighbours, [property: Id(6)] ImmutableArray<SeenAsset> Assets,
    [property: Id(7)] ImmutableArray<NeighbourList> SameFile, [property: Id(8)] ImmutableArray<Seen> Sectors)
{
    /// <summary>The view of which nothing is visible: not found, in the same words as what does not exist.</summary>
    public static IndicatorView Empty { get; } = new([], [], [], [], [], [], [], [], []);

    /// <summary>Whether nothing is visible.</summary>
    public bool IsEmpty => TalliesByJurisdiction.IsEmpty;

    /// <summary>The sum of all totals by kind, sorted by kind.</summary>
    public ImmutableArray<KindTally> TalliesByKind => KindTally.Of(TalliesByJurisdiction);

    /// <summary>
    /// One view out of parts whose compartments are disjoint. Associative and commutative; no bound loses anything,
    /// since the newest of a union are among the newest of its parts.
    /// </summary>
    public static IndicatorView Merge(params IEnumerable<IndicatorView> parts)
    {
        var gathering = new Gathering();
        foreach (var part in parts) gathering.Add(part);
        return gathering.ToIndicatorView();
    }

    /// <inheritdoc/>
    public bool Equals(IndicatorView? other) =>
        other is not null && TalliesByJurisdiction.AsSpan().SequenceEqual(other.TalliesByJurisdiction.AsSpan())
        && TalliesBySource.AsSpan().SequenceEqual(other.TalliesBySource.AsSpan())
        && Histogram.AsSpan().SequenceEqual(other.Histogram.AsSpan())
        && Markings.AsSpan().SequenceEqual(other.Markings.AsSpan())
        && Techniques.AsSpan().SequenceEqual(other.Techniques.AsSpan())
        && Neighbours.AsSpan().SequenceEqual(other.Neighbours.AsSpan())
        && Assets.AsSpan().SequenceEqual(other.Assets.AsSpan())
        && SameFile.AsSpan().SequenceEqual(other.SameFile.AsSpan())
        && Sectors.AsSpan().SequenceEqual(other.Sectors.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(TalliesByJurisdiction.Length, TalliesBySource.Length, Histogram.Length, Techniques.Length);
}
