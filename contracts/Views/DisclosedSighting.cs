using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>One sighting, or contribution, in the form disclosed (design 3.1). What a form does not hold is null.</summary>
/// <param name="Level">Redacted or Full.</param>
/// <param name="Observables">The disclosed observables, sorted.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstSeen">Unix milliseconds UTC; cut to the hour when Redacted.</param>
/// <param name="LastSeen">Unix milliseconds UTC; cut to the hour when Redacted.</param>
/// <param name="Confidence">0 to 100.</param>
/// <param name="Marking">The marking in the same form.</param>
/// <param name="Techniques">ATT&amp;CK technique identifiers, sorted.</param>
/// <param name="Jurisdiction">The owner's jurisdiction.</param>
/// <param name="Owner">The owner: Full, or Redacted under <c>named</c> attribution.</param>
/// <param name="Description">The description: as the owner.</param>
/// <param name="Id">Full only: the producer's identifier.</param>
/// <param name="Asset">Full only: what it was seen on, if anything.</param>
/// <param name="SourceRef">Full only: the producer's reference.</param>
/// <param name="Contribution">Of a contribution what it says, its service as the description; of a sighting null.</param>
[GenerateSerializer, Immutable, Alias("DisclosedSighting")]
public sealed record DisclosedSighting(
    [property: Id(0)] DisclosureLevel Level, [property: Id(1)] ImmutableArray<Observable> Observables,
    [property: Id(2)] SightingKind Kind, [property: Id(3)] uint Count, [property: Id(4)] long FirstSeen,
    [property: Id(5)] long LastSeen, [property: Id(6)] byte Confidence, [property: Id(7)] DisclosedMarking Marking,
    [property: Id(8)] ImmutableArray<string> Techniques, [property: Id(9)] string Jurisdiction,
    [property: Id(10)] string? Owner, [property: Id(11)] string? Description, [property: Id(12)] Guid? Id,
    [property: Id(13)] AssetStatement? Asset, [property: Id(14)] string? SourceRef,
    [property: Id(15)] Contribution? Contribution = null)
{
    /// <inheritdoc/>
    public bool Equals(DisclosedSighting? other) =>
        other is not null && Level == other.Level && Kind == other.Kind && Count == other.Count
        && FirstSeen == other.FirstSeen && LastSeen == other.LastSeen && Confidence == other.Confidence
        && Marking.Equals(other.Marking) && Jurisdiction == other.Jurisdiction && Owner == other.Owner
        && Description == other.Description && Id == other.Id && Equals(Asset, other.Asset)
        && SourceRef == other.SourceRef && Equals(Contribution, other.Contribution) && Observables.AsSpan().SequenceEqual(other.Observables.AsSpan())
        && Techniques.AsSpan().SequenceEqual(other.Techniques.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Level, Kind, Count, FirstSeen, LastSeen, Jurisdiction, Owner, Id);

    /// <summary>Nothing of it: logs print what calls carry.</summary>
    public override string ToString() => nameof(DisclosedSighting);
}
