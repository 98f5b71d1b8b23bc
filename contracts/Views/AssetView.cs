using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>
/// What one caller sees of one asset: of the sightings on it that the caller sees in Full, and of no other.
/// </summary>
/// <param name="TalliesByKind">Sorted by kind.</param>
/// <param name="Histogram">The newest <see cref="Bounds.HistogramHoursMax"/> hours, sorted by hour, kind.</param>
/// <param name="Markings">The distinct disclosed markings, sorted.</param>
/// <param name="Techniques">The newest <see cref="Bounds.TechniquesKeptMax"/>, in order.</param>
/// <param name="Observables">What was seen on it, per type, as an indicator's neighbours.</param>
/// <param name="Details">The asset as the newest visible statement describes it; null when nothing is visible.</param>
[GenerateSerializer, Immutable, Alias("AssetView")]
public sealed record AssetView(
    [property: Id(0)] ImmutableArray<KindTally> TalliesByKind, [property: Id(1)] ImmutableArray<HourCount> Histogram,
    [property: Id(2)] ImmutableArray<DisclosedMarking> Markings, [property: Id(3)] ImmutableArray<Seen> Techniques,
    [property: Id(4)] ImmutableArray<NeighbourList> Observables, [property: Id(5)] AssetStatement? Details)
{
    /// <summary>The view of which nothing is visible.</summary>
    public static AssetView Empty { get; } = new([], [], [], [], [], null);

    /// <summary>Whether nothing is visible.</summary>
    public bool IsEmpty => TalliesByKind.IsEmpty;

    /// <inheritdoc/>
    public bool Equals(AssetView? other) =>
        other is not null && TalliesByKind.AsSpan().SequenceEqual(other.TalliesByKind.AsSpan())
        && Histogram.AsSpan().SequenceEqual(other.Histogram.AsSpan())
        && Markings.AsSpan().SequenceEqual(other.Markings.AsSpan())
        && Techniques.AsSpan().SequenceEqual(other.Techniques.AsSpan())
        && Observables.AsSpan().SequenceEqual(other.Observables.AsSpan()) && Equals(Details, other.Details);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(TalliesByKind.Length, Histogram.Length, Techniques.Length, Details);
}
