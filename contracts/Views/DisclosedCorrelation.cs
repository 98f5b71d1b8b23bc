using System.Collections.Immutable;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>What one actor answers about an observable's part in incidents; fields as in <see cref="DisclosedIndicator"/>.</summary>
/// <param name="Part">The part that this actor may show.</param>
/// <param name="FullElsewhere">From the hub: the homes to ask for more.</param>
/// <param name="PolicyVersion">The number of the policy version that decided.</param>
[GenerateSerializer, Immutable, Alias("DisclosedCorrelation")]
public sealed record DisclosedCorrelation(
    [property: Id(0)] Correlation Part, [property: Id(1)] ImmutableArray<string> FullElsewhere,
    [property: Id(2)] int PolicyVersion)
{
    /// <summary>When each jurisdiction saw last what the caller sees in Full, whether this actor shows that or only points to it; to the hour
    /// at least. Of positive sightings; without hours. A jurisdiction may come twice.</summary>
    [Id(3)]
    public ImmutableArray<JurisdictionActivity> SeenInFull { get => field.IsDefault ? [] : field; init; } = [];
}
