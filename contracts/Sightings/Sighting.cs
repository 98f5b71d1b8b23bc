using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>Something owned and defended, as its owner describes it in one sighting.</summary>
/// <param name="Id">Identifier, unique within the owner; 1 to 256 bytes.</param>
/// <param name="Sector">Sector (NIS2 annexes I and II), or empty.</param>
/// <param name="Service">Service that it supports, or empty.</param>
/// <param name="Criticality">Criticality in the owner's words, or empty.</param>
/// <param name="Software">Software on it (CPE 2.3 texts), in the producer's order, at most 32.</param>
/// <param name="Supplier">Its supplier, or empty.</param>
[GenerateSerializer, Immutable, Alias("AssetStatement")]
public sealed record AssetStatement(
    [property: Id(0)] string Id, [property: Id(1)] string Sector, [property: Id(2)] string Service,
    [property: Id(3)] string Criticality, [property: Id(4)] ImmutableArray<string> Software, [property: Id(5)] string Supplier)
{
    /// <inheritdoc/>
    public bool Equals(AssetStatement? other) =>
        other is not null && Id == other.Id && Sector == other.Sector && Service == other.Service
        && Criticality == other.Criticality && Supplier == other.Supplier
        && Software.AsSpan().SequenceEqual(other.Software.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Sector, Service, Criticality, Supplier, Software.Length);

    /// <summary>Nothing of it: logs print what calls carry.</summary>
    public override string ToString() => nameof(AssetStatement);
}

/// <summary>
/// One canonical sighting: validated, canonicalised, defaults resolved, lists sorted and without repetition, so that equal
/// content has one encoding. The owner is not part of it: it is stamped from the verified token.
/// </summary>
/// <param name="Id">The producer's UUID, unique within the owner.</param>
/// <param name="Observables">What was seen: 1 to 64, distinct, sorted by type, then text (ordinal).</param>
/// <param name="Asset">What it was seen on, or null.</param>
/// <param name="FirstSeen">Unix milliseconds UTC.</param>
/// <param name="LastSeen">Unix milliseconds UTC, not before <paramref name="FirstSeen"/>.</param>
/// <param name="Count">How often, at least 1.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Confidence">0 to 100.</param>
/// <param name="Marking">Under which terms.</param>
/// <param name="Techniques">ATT&amp;CK technique identifiers, sorted, distinct, at most 32.</param>
/// <param name="Description">Free text, at most 4 KiB, or empty.</param>
/// <param name="SourceRef">The producer's own reference, at most 256 bytes, or empty.</param>
/// <param name="Contribution">Of a contribution, always: what it says; else null.</param>
public sealed record Sighting(
    Guid Id, ImmutableArray<Observable> Observables, AssetStatement? Asset, long FirstSeen, long LastSeen, uint Count,
    SightingKind Kind, byte Confidence, Marking Marking, ImmutableArray<string> Techniques, string Description,
    string SourceRef, Contribution? Contribution = null)
{
    /// <summary>Nothing of it: logs print what calls carry.</summary>
    public override string ToString() => nameof(Sighting);
}
