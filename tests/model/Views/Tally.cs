using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>
/// How often something was said, and from when to when. Counts add, first is the least, last the greatest.
/// </summary>
public sealed record Tally(string Name, Kind Kind, ulong Count, DateTimeOffset First, DateTimeOffset Last)
{
    /// <summary>One tally for each name and kind, sorted by name (ordinal), then kind.</summary>
    public static IReadOnlyList<Tally> By(IEnumerable<Form> forms, Func<Form, string> name) =>
    [
        .. forms.GroupBy(form => (Name: name(form), form.Kind))
            .Select(group => new Tally(
                group.Key.Name, group.Key.Kind, group.Aggregate(0UL, (sum, form) => sum + form.Count),
                group.Min(form => form.First), group.Max(form => form.Last)))
            .OrderBy(tally => tally.Name, StringComparer.Ordinal).ThenBy(tally => tally.Kind),
    ];

    /// <summary>
    /// Owner where it is disclosed, else jurisdiction, in the order of names with an organisation first.
    /// </summary>
    public static IReadOnlyList<Tally> BySource(IEnumerable<Form> forms) =>
    [
        .. By(forms.Where(form => form.Owner is not null), form => form.Owner!).Select(tally => (Rank: 0, Tally: tally))
            .Concat(By(forms.Where(form => form.Owner is null), form => form.Jurisdiction)
                .Select(tally => (Rank: 1, Tally: tally)))
            .OrderBy(each => each.Tally.Name, StringComparer.Ordinal).ThenBy(each => each.Rank)
            .ThenBy(each => each.Tally.Kind)
            .Select(each => each.Tally with
            {
                Name = (each.Rank == 0 ? "organisation " : "jurisdiction ") + each.Tally.Name,
            }),
    ];

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
}
