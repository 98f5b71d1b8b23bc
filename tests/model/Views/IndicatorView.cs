using CrossBorderSoc.Tests.Model.Bursts;
using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Scoring;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>
/// DESIGN 3.2 and 3.3: what a caller sees of an observable. A function of the disclosed forms, of nothing else.
/// </summary>
public sealed record IndicatorView(
    Observable Observable,
    IReadOnlyList<Tally> ByJurisdiction,
    IReadOnlyList<Tally> BySource,
    IReadOnlyList<Tally> ByKind,
    IReadOnlyList<(DateTimeOffset Hour, Kind Kind, ulong Count)> Histogram,
    IReadOnlyList<string> Markings,
    IReadOnlyList<(string Technique, DateTimeOffset Last)> Techniques,
    IReadOnlyList<ObservableList> Neighbours,
    IReadOnlyList<((string Owner, string Id) Asset, DateTimeOffset Last)> Assets,
    IReadOnlyList<(string Sector, DateTimeOffset Last)> Sectors,
    IReadOnlyList<ObservableList> SameFile,
    Score Score,
    Burst? Burst)
{
    /// <summary>The view, or null: not found.</summary>
    public static IndicatorView? Of(
        World world, Observable observable, Caller caller, DateTimeOffset at, bool isOnWarninglist = false) =>
        Of(observable, Form.AllOf(world, observable, caller, at), at, isOnWarninglist);

    /// <summary>
    /// The view at an instant made of the forms in which a caller sees the sightings that name an observable, or null.
    /// </summary>
    public static IndicatorView? Of(
        Observable observable, IReadOnlyList<Form> forms, DateTimeOffset at, bool isOnWarninglist = false) =>
        forms.Count == 0 ? null : new(
        observable,
        Tally.By(forms, form => form.Jurisdiction),
        Tally.BySource(forms),
        Tally.By(forms, _ => ""),
        Tally.Histogram(forms),
        MarkingShown.Of(forms),
        TechniquesOf(forms),
        ObservableList.OfNamed(forms, observable),
        AssetsOf(forms),
        Views.Sectors.Of(forms),
        Views.SameFile.Of(forms, observable),
        Score.Of(observable.Type, forms, at, isOnWarninglist),
        Burst.Of(Tally.Histogram(forms), at));

    /// <summary>The newest 64, in the order of (last-seen descending, text).</summary>
    public static IReadOnlyList<(string Technique, DateTimeOffset Last)> TechniquesOf(IEnumerable<Form> forms) =>
        Newest.Of(
            forms.SelectMany(form => form.Techniques.Select(technique => (technique, form.Last))),
            StringComparer.Ordinal, Newest.Techniques);

    // "Distinct assets are of Full only."
    private static IReadOnlyList<((string Owner, string Id) Asset, DateTimeOffset Last)> AssetsOf(
        IEnumerable<Form> forms) =>
        Newest.Of(
            forms.Select(form => form.Whole).OfType<Sighting>().Where(whole => whole.Asset is not null)
                .Select(whole => ((whole.Owner, whole.Asset!.Id), whole.LastSeen)),
            Comparer<(string Owner, string Id)>.Create((one, other) =>
                string.CompareOrdinal(one.Owner, other.Owner) is var byOwner and not 0
                    ? byOwner
                    : string.CompareOrdinal(one.Id, other.Id)),
            Newest.Assets);

    /// <summary>A view as text; that of nothing is <see cref="Text.NotFound"/>.</summary>
    public static string ToText(IndicatorView? view) => view?.ToText() ?? Text.NotFound;

    public string ToText() => Text.Lines(
    [
        $"indicator {Observable}",
        $"score {Score.Value} support={Score.Support} doubt={Score.Doubt} for={Score.VoicesFor} against={Score.VoicesAgainst}",
        .. Text.Of(Burst),
        .. ByJurisdiction.Select(tally => Text.Of("jurisdiction", tally)),
        .. BySource.Select(tally => Text.Of("source", tally)),
        .. ByKind.Select(tally => Text.Of("kind", tally)),
        .. Histogram.Select(Text.Of),
        .. Markings.Select(marking => $"marking {marking}"),
        .. Techniques.Select(each => $"technique {each.Technique} last={Text.Instant(each.Last)}"),
        .. Neighbours.SelectMany(list => Text.Of("neighbour", list)),
        .. SameFile.SelectMany(list => Text.Of("same file", list)),
        .. Assets.Select(each => $"asset {each.Asset.Owner} {each.Asset.Id} last={Text.Instant(each.Last)}"),
        .. Sectors.Select(each => $"sector {each.Sector} last={Text.Instant(each.Last)}"),
    ]);
}
