using CrossBorderSoc.V1;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Makes sheets of the grid's views. Every text of others passes <see cref="SafeText"/> here.</summary>
internal static class Sheets
{
    public static Sheet Of(Indicator view) => new(
        $"{SafeText.Of(view.Observable?.Type ?? "")}  {SafeText.Of(view.Observable?.Value ?? "")}",
        Days(view.Histogram),
        [
            Score(view),
            Unusual(view.Burst),
            Kinds(view.ByKind),
            new("Warninglists", [.. view.Warninglists.Select(name => new Row(SafeText.Of(name), "common: core of no incident"))]),
            new("Contained in", [.. view.ContainedIn.Select(one => new Row(SafeText.Of(one.Value), SafeText.Of(one.Type)))]),
            new("By state", Tallies(view.ByJurisdiction)),
            new("By source", Tallies(view.BySource)),
            Markings(view.Markings),
            Techniques(view.Techniques),
            .. Lists("Same file", view.SameFile),
            .. Lists("Neighbours", view.Neighbours),
            new("Assets", [.. view.Assets.Select(asset => Seen($"{asset.Owner} / {asset.AssetId}", asset.LastSeen))]),
            new("Sectors", [.. view.Sectors.Select(sector => Seen(sector.Sector, sector.LastSeen))]),
        ]);

    public static Sheet Of(AssetView view) => new(
        $"asset  {SafeText.Of(view.Owner)} / {SafeText.Of(view.Asset?.Id ?? "")}",
        Days(view.Histogram),
        [
            new("Details", [.. AssetRows(view.Asset ?? new())]),
            Kinds(view.ByKind),
            Markings(view.Markings),
            Techniques(view.Techniques),
            .. Lists("Observables", view.Observables),
        ]);

    public static Sheet Of(Trend view) => new(
        view.SubjectCase == Trend.SubjectOneofCase.Sector
            ? $"sector  {SafeText.Of(view.Sector)}" : $"technique  {SafeText.Of(view.Technique)}",
        Days(view.Histogram),
        [Unusual(view.Burst), Kinds(view.ByKind), new("By state", Tallies(view.ByJurisdiction))]);

    // One line that says why. A grid of before there were scores sends no basis.
    private static Section Score(Indicator view) => new("Score", view.ScoreBasis is not { } basis ? [] :
    [
        new("0 to 100", $"{view.Score}: {basis.Support} by {basis.VoicesFor} for, less {basis.Doubt} by {basis.VoicesAgainst} against; "
            + $"half-life {basis.HalfLifeHours / 24} days"),
    ]);

    private static Section Unusual(Burst? burst) => new("Unusual for this time", burst is null ? [] :
    [
        new("positive", Instants.Text(burst)),
    ]);

    private static Section Kinds(IEnumerable<Tally> tallies) =>
        new("Seen", [.. tallies.Select(tally => new Row(LabelText.Of(tally.Kind), Instants.Text(tally)))]);

    private static List<Row> Tallies(IEnumerable<Tally> tallies) =>
        [.. tallies.Select(tally => new Row(
            $"{SafeText.Of(tally.Key)} {LabelText.Of(tally.Kind)}", Instants.Text(tally)))];

    private static Section Techniques(IEnumerable<TechniqueSeen> techniques) =>
        new("Techniques", [.. techniques.Select(technique => Seen(technique.Technique, technique.LastSeen))]);

    private static Section Markings(IEnumerable<DisclosedMarking> markings) =>
        new("Markings", [.. markings.Select(shown => Marking(shown))]);

    private static Row Marking(DisclosedMarking shown) => new(
        MarkingText.Labels(shown.Marking), $"{LabelText.Of(shown.Level)}{MarkingText.Terms(shown.Marking)}");

    private static IEnumerable<Section> Lists(string title, IEnumerable<NeighbourList> lists) =>
        lists.Select(list => new Section(
            $"{title}: {SafeText.Of(list.Type)}",
            [.. list.Neighbours.Select(neighbour => Seen(neighbour.Value, neighbour.LastSeen))],
            $"{Distinct(list)} different"));

    private static string Distinct(NeighbourList list) =>
        list.Distinct >= 100 ? "100 or more" : Instants.Count(list.Distinct);

    private static Row Seen(string key, Google.Protobuf.WellKnownTypes.Timestamp? last) =>
        new(SafeText.Of(key), $"last {Instants.Text(last)}");

    private static IEnumerable<Row> AssetRows(Asset asset)
    {
        (string Key, string Text)[] fields =
        [
            ("sector", asset.Sector), ("service", asset.Service), ("criticality", asset.Criticality),
            ("supplier", asset.Supplier), .. asset.Software.Select((text, i) => ($"software {i + 1}", text)),
        ];
        return fields.Where(field => field.Text.Length > 0).Select(field => new Row(field.Key, SafeText.Of(field.Text)));
    }

    private static SortedDictionary<long, ulong> Days(IEnumerable<HistogramBucket> buckets)
    {
        var days = new SortedDictionary<long, ulong>();
        foreach (var bucket in buckets)
        {
            var day = (bucket.Hour?.Seconds ?? 0) / 86400;
            days[day] = days.GetValueOrDefault(day) + bucket.Count;
        }
        return days;
    }
}
