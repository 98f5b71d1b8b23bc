using System.Collections.Immutable;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>What one caller sees of a technique or a sector over all sightings, or a part of it from one home.</summary>
/// <param name="TalliesByJurisdiction">Sorted by jurisdiction (ordinal), kind; without confidence, which is of single values.</param>
/// <param name="Histogram">The newest <see cref="Bounds.HistogramHoursMax"/> hours, sorted by hour, kind.</param>
[GenerateSerializer, Immutable, Alias("TrendView")]
public sealed record TrendView(
    [property: Id(0)] ImmutableArray<JurisdictionTally> TalliesByJurisdiction, [property: Id(1)] ImmutableArray<HourCount> Histogram)
{
    /// <summary>The view of which nothing is visible.</summary>
    public static TrendView Empty { get; } = new([], []);

    /// <summary>Whether nothing is visible.</summary>
    public bool IsEmpty => TalliesByJurisdiction.IsEmpty;

    /// <summary>The sum of all totals by kind, sorted by kind.</summary>
    public ImmutableArray<KindTally> TalliesByKind => KindTally.Of(TalliesByJurisdiction);

    /// <summary>One view out of parts whose compartments are disjoint. Associative and commutative, as <see cref="IndicatorView.Merge"/>.</summary>
    public static TrendView Merge(params IEnumerable<TrendView> parts)
    {
        var gathering = new Gathering();
        foreach (var part in parts) gathering.Add(part);
        return gathering.ToTrendView();
    }
}

/// <summary>What one actor answers about a technique or a sector; fields as in <see cref="DisclosedIndicator"/>.</summary>
/// <param name="View">The part that this actor may show.</param>
/// <param name="FullElsewhere">From the hub: the homes to ask for more.</param>
/// <param name="PolicyVersion">The number of the policy version that decided.</param>
[GenerateSerializer, Immutable, Alias("DisclosedTrend")]
public sealed record DisclosedTrend(
    [property: Id(0)] TrendView View, [property: Id(1)] ImmutableArray<string> FullElsewhere, [property: Id(2)] int PolicyVersion);
