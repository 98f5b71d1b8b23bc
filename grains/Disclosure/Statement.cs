using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// What one sighting says of one subject (an observable or an asset), apart from its compartment. For a release, times
/// are cut to the hour, neighbours are restricted to the released types, and there is no asset.
/// </summary>
public readonly ref struct Statement
{
    /// <summary>How often it was seen, at least 1.</summary>
    public required uint Count { get; init; }

    /// <summary>Unix milliseconds UTC.</summary>
    public required long FirstSeen { get; init; }

    /// <summary>Unix milliseconds UTC.</summary>
    public required long LastSeen { get; init; }

    /// <summary>How sure its owner is, 0 to 100; 0: not said.</summary>
    public byte Confidence { get; init; }

    /// <summary>
    /// The sighting's other observables, the subject itself excluded. Of an asset: all of its observables.
    /// </summary>
    public ReadOnlySpan<Observable> Neighbours { get; init; }

    /// <summary>Of a hash: which of <see cref="Neighbours"/> are hashes of the same file (<see cref="FileHashes"/>).</summary>
    public ReadOnlySpan<Observable> SameFile { get; init; }

    /// <summary>Of an observable: what the asset that it was seen on joins, apart from it and <see cref="Neighbours"/>.</summary>
    public ReadOnlySpan<Observable> Joined { get; init; }

    /// <summary>ATT&amp;CK technique identifiers.</summary>
    public ReadOnlySpan<string> Techniques { get; init; }

    /// <summary>Of an observable: the identifier of the asset that it was seen on, or null.</summary>
    public string? AssetId { get; init; }

    /// <summary>Of an asset, always: the asset as the sighting describes it.</summary>
    public AssetStatement? Asset { get; init; }
}
