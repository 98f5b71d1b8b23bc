using CrossBorderSoc.Tests.Model.Bursts;
using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>What a caller sees with one technique, or of one sector, over all sightings (docs/bursts.md).</summary>
public sealed record TrendView(
    string Name,
    IReadOnlyList<Tally> ByJurisdiction,
    IReadOnlyList<(DateTimeOffset Hour, Kind Kind, ulong Count)> Histogram,
    Burst? Burst)
{
    /// <summary>A technique is disclosed with its sighting.</summary>
    public static TrendView? OfTechnique(string technique, IEnumerable<Form> forms, DateTimeOffset at) =>
        Of($"technique {technique}", [.. forms.Where(form => form.Techniques.Contains(technique))], at);

    /// <summary>A sector is of an asset, and assets are of Full only.</summary>
    public static TrendView? OfSector(string sector, IEnumerable<Form> forms, DateTimeOffset at) => Of(
        $"sector {sector}",
        [
            .. forms.Where(form => form.Level == Level.Full && form.Whole!.Asset is { } asset
                && asset.Sector.Trim().Equals(sector.Trim(), StringComparison.OrdinalIgnoreCase)),
        ],
        at);

    /// <summary>A view as text; that of nothing is <see cref="Text.NotFound"/>.</summary>
    public static string ToText(TrendView? view) => view?.ToText() ?? Text.NotFound;

    public string ToText() => Text.Lines(
    [
        Name,
        .. Text.Of(Burst),
        .. ByJurisdiction.Select(tally => Text.Of("jurisdiction", tally)),
        .. Histogram.Select(Text.Of),
    ]);

    private static TrendView? Of(string name, IReadOnlyList<Form> forms, DateTimeOffset at)
    {
        if (forms.Count == 0) return null;
        var histogram = Tally.Histogram(forms);
        return new(
            name, [.. Tally.By(forms, form => form.Jurisdiction).Select(tally => tally with { Confidence = 0 })], histogram,
            Burst.Of(histogram, at));
    }
}
