using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// What one sighting says of one subject (an observable or an asset), apart from its compartment. For a release, times
/// are cut to the hour, neighbours are restricted to the released types, and there is no asset.
/// </summary>
public readonly ref struct Statement
{
    /// <summary>A statement that is a contribution.</summary>
    /// <param name="id">The producer's identifier; of a release none.</param>
    /// <param name="at">Of when; Unix milliseconds UTC.</param>
    /// <param name="said">What it says.</param>
    /// <param name="text">In words, or empty.</param>
    /// <param name="observables">All that it names, sorted.</param>
    public static Statement OfContribution(Guid id, long at, Contribution said, string text, scoped ReadOnlySpan<Observable> observables) => new()
    {
        Count = 1,
        FirstSeen = at,
        LastSeen = at,
        Contribution = Contributions.Of(id, at, said, text, [.. observables]),
    };

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

    /// <summary>Of an observable: the sector of that asset in the form of <see cref="TrendName.OfSector"/>, or null.</summary>
    public string? Sector { get; init; }

    /// <summary>The whole of it where it is no sighting but a contribution; then nothing else of a statement counts.</summary>
    internal Sighting? Contribution { get; init; }

    /// <summary>Of an asset, always: the asset as the sighting describes it.</summary>
    public AssetStatement? Asset { get; init; }
}
