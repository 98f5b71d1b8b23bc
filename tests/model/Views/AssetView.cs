using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>What a caller sees of an owner's asset: made of the sightings on it that the caller sees in Full.</summary>
public sealed record AssetView(
    string Owner,
    Asset Details,
    IReadOnlyList<Tally> ByKind,
    IReadOnlyList<(DateTimeOffset Hour, Kind Kind, ulong Count)> Histogram,
    IReadOnlyList<string> Markings,
    IReadOnlyList<(string Technique, DateTimeOffset Last)> Techniques,
    IReadOnlyList<ObservableList> Observables)
{
    /// <summary>The view, or null: not found.</summary>
    public static AssetView? Of(World world, string owner, string asset, Caller caller, DateTimeOffset at) => Of(
        owner, [.. world.On(owner, asset).Select(sighting => Form.Of(world, sighting, caller, at)).OfType<Form>()]);

    /// <summary>The view made of the forms of the sightings on an asset, or null.</summary>
    public static AssetView? Of(string owner, IReadOnlyList<Form> forms)
    {
        var full = forms.Where(form => form.Level == Level.Full).ToList();
        return full.Count == 0 ? null : new(
            owner, NewestStatement(full), Tally.By(full, _ => ""), Tally.Histogram(full), MarkingShown.Of(full),
            IndicatorView.TechniquesOf(full), ObservableList.Of(full, null));
    }

    /// <summary>A view as text; that of nothing is <see cref="Text.NotFound"/>.</summary>
    public static string ToText(AssetView? view) => view?.ToText() ?? Text.NotFound;

    public string ToText() => Text.Lines(
    [
        $"asset {Owner} {Details.Id} {Text.Of(Details)}",
        .. ByKind.Select(tally => Text.Of("kind", tally)),
        .. Histogram.Select(Text.Of),
        .. Markings.Select(marking => $"marking {marking}"),
        .. Techniques.Select(each => $"technique {each.Technique} last={Text.Instant(each.Last)}"),
        .. Observables.SelectMany(list => Text.Of("observable", list)),
    ]);

    private static Asset NewestStatement(IEnumerable<Form> forms) => forms
        .OrderBy(form => form.Last)
        .ThenBy(form => form.Whole!.Asset!.Sector, StringComparer.Ordinal)
        .ThenBy(form => form.Whole!.Asset!.Service, StringComparer.Ordinal)
        .ThenBy(form => form.Whole!.Asset!.Criticality, StringComparer.Ordinal)
        .ThenBy(form => string.Join('\n', form.Whole!.Asset!.Software), StringComparer.Ordinal)
        .ThenBy(form => form.Whole!.Asset!.Supplier, StringComparer.Ordinal)
        .Last().Whole!.Asset!;
}
