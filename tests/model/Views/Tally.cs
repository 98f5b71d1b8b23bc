using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>
/// How often something was said, and from when to when. Counts add, first is the least, last the greatest; confidence is that of
/// the newest, the highest where several are equally new.
/// </summary>
public sealed record Tally(
    string Name, Kind Kind, ulong Count, DateTimeOffset First, DateTimeOffset Last, int Confidence)
{
    /// <summary>One tally for each name and kind, sorted by name (ordinal), then kind.</summary>
    public static IReadOnlyList<Tally> By(IEnumerable<Form> forms, Func<Form, string> name) =>
    [
        .. forms.GroupBy(form => (Name: name(form), form.Kind))
            .Select(group => new Tally(
                group.Key.Name, group.Key.Kind, group.Aggregate(0UL, (sum, form) => sum + form.Count),
                group.Min(form => form.First), group.Max(form => form.Last), ConfidenceOfNewest(group)))
            .OrderBy(tally => tally.Name, StringComparer.Ordinal).ThenBy(tally => tally.Kind),
    ];

    /// <summary>
    /// Owner where it is disclosed, else jurisdiction, in the order of names with an organisation first, then of the
    /// jurisdiction it was in.
    /// </summary>
    public static IReadOnlyList<Tally> BySource(IEnumerable<Form> forms) =>
    [
        .. forms.GroupBy(form => (Name: form.Owner ?? form.Jurisdiction, Rank: form.Owner is null ? 1 : 0, form.Jurisdiction))
            .SelectMany(group => By(group, _ => "").Select(tally => (group.Key, Tally: tally)))
            .OrderBy(each => each.Key.Name, StringComparer.Ordinal).ThenBy(each => each.Key.Rank)
            .ThenBy(each => each.Key.Jurisdiction, StringComparer.Ordinal).ThenBy(each => each.Tally.Kind)
            .Select(each => each.Tally with
            {
                Name = SourceName(each.Key.Name, isOrganisation: each.Key.Rank == 0, each.Key.Jurisdiction),
            }),
    ];

    /// <summary>The name of a source, as text.</summary>
    public static string SourceName(string name, bool isOrganisation, string jurisdiction) =>
        $"{(isOrganisation ? "organisation" : "jurisdiction")} {name} of {jurisdiction}";

    /// <summary>The hours of last-seen, the newest 1,024 distinct ones, with the counts that entered by kind.</summary>
    public static IReadOnlyList<(DateTimeOffset Hour, Kind Kind, ulong Count)> Histogram(IEnumerable<Form> forms)
    {
        var all = forms.ToList();
        var kept = all.Select(form => Hours.Floor(form.Last)).Distinct().OrderDescending()
            .Take(Newest.HistogramHours).ToHashSet();
        return
        [
            .. all.GroupBy(form => (Hour: Hours.Floor(form.Last), form.Kind))
                .Where(group => kept.Contains(group.Key.Hour))
                .OrderBy(group => group.Key.Hour).ThenBy(group => group.Key.Kind)
                .Select(group =>
                    (group.Key.Hour, group.Key.Kind, group.Aggregate(0UL, (sum, form) => sum + form.Count))),
        ];
    }

    private static int ConfidenceOfNewest(IEnumerable<Form> forms) =>
        forms.OrderBy(form => form.Last).ThenBy(form => form.Confidence).Last().Confidence;
}
