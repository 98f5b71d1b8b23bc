using System.Collections.Immutable;
using System.Globalization;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Gateway.Intake;

/// <summary>Validates the asset of a sighting.</summary>
internal static class AssetReader
{
    /// <summary>Puts the asset into a draft, or says why not.</summary>
    public static Refusal Read(V1.Asset from, SightingDraft to)
    {
        if (from.Id.Length == 0) return new("asset.id", "NO_ASSET_ID", "An asset needs an identifier.");
        var refusal = Texts.Line(from.Id, Bounds.AssetFieldBytesMax, "asset.id");
        if (!refusal.Exists) refusal = Texts.Line(from.Sector, Bounds.AssetFieldBytesMax, "asset.sector");
        if (!refusal.Exists) refusal = Texts.Line(from.Service, Bounds.AssetFieldBytesMax, "asset.service");
        if (!refusal.Exists) refusal = Texts.Line(from.Criticality, Bounds.AssetFieldBytesMax, "asset.criticality");
        if (!refusal.Exists) refusal = ReadSoftware(from);
        if (!refusal.Exists) refusal = Texts.Line(from.Supplier, Bounds.AssetFieldBytesMax, "asset.supplier");
        if (refusal.Exists) return refusal;
        ImmutableArray<string> software = from.Software.Count == 0 ? [] : [.. from.Software];
        to.Asset = new(from.Id, from.Sector, from.Service, from.Criticality, software, from.Supplier);
        return default;
    }

    private static Refusal ReadSoftware(V1.Asset from)
    {
        if (from.Software.Count > Bounds.AssetSoftwareMax)
            return new("asset.software", "TOO_MANY_SOFTWARE",
                $"At most {Bounds.AssetSoftwareMax} entries are allowed.");
        for (var i = 0; i < from.Software.Count; i++)
        {
            var refusal = Texts.Line(from.Software[i], Bounds.AssetFieldBytesMax, "");
            if (refusal.Exists)
                return refusal with { Field = string.Create(CultureInfo.InvariantCulture, $"asset.software[{i}]") };
        }
        return default;
    }
}
