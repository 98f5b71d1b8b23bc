using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrossBorderSoc.Contracts.Encoding;

namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>The parts of a sighting that most sightings lack.</summary>
/// <param name="Techniques">ATT&amp;CK technique identifiers, sorted.</param>
/// <param name="Asset">The asset, or null.</param>
/// <param name="Description">Free text or empty.</param>
/// <param name="SourceRef">The producer's reference or empty.</param>
/// <param name="Contribution">Of a contribution, always: what it says; else null.</param>
public readonly record struct SightingDetails(
    ImmutableArray<string> Techniques, AssetStatement? Asset, string Description, string SourceRef, Contribution? Contribution)
{
    /// <summary>Nothing of it: logs print what calls carry.</summary>
    public override string ToString() => nameof(SightingDetails);

    internal static SightingDetails Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var flags = reader.Byte();
        var techniques = (flags & SightingItem.HasTechniques) != 0 ? ReadTexts(ref reader) : [];
        var asset = (flags & SightingItem.HasAsset) != 0 ? ReadAsset(ref reader) : null;
        var description = (flags & SightingItem.HasDescription) != 0 ? reader.Text() : "";
        var sourceRef = (flags & SightingItem.HasSourceRef) != 0 ? reader.Text() : "";
        var contribution = (flags & SightingItem.HasContribution) != 0 ? ContributionCodec.Read(ref reader) : null;
        return new(techniques, asset, description, sourceRef, contribution);
    }

    private static AssetStatement ReadAsset(ref ByteReader reader)
    {
        var (id, sector, service) = (reader.Text(), reader.Text(), reader.Text());
        var (criticality, supplier) = (reader.Text(), reader.Text());
        return new(id, sector, service, criticality, ReadTexts(ref reader), supplier);
    }

    private static ImmutableArray<string> ReadTexts(ref ByteReader reader)
    {
        var texts = new string[reader.Count()];
        for (var i = 0; i < texts.Length; i++) texts[i] = reader.Text();
        return ImmutableCollectionsMarshal.AsImmutableArray(texts);
    }
}
