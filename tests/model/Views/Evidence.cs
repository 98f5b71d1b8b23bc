using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>
/// The sightings themselves, each in the form that the caller sees, in the order of reading "What a view holds": by last-seen
/// descending, then by the disclosed fields one after the other.
/// </summary>
public static class Evidence
{
    /// <summary>The forms of the sightings in which a caller sees an observable.</summary>
    public static IReadOnlyList<Form> Of(World world, Observable observable, Caller caller, DateTimeOffset at) =>
        Sorted(Form.AllOf(world, observable, caller, at));

    /// <summary>Forms in their one order.</summary>
    public static IReadOnlyList<Form> Sorted(IEnumerable<Form> forms) =>
    [
        .. forms.OrderByDescending(form => form.Last)
            .ThenBy(form => form.Jurisdiction, StringComparer.Ordinal)
            .ThenBy(form => form.Owner, StringComparer.Ordinal)
            .ThenBy(form => form.Whole?.Id, StringComparer.Ordinal)
            .ThenBy(form => form.Kind).ThenBy(form => form.First).ThenBy(form => form.Count).ThenBy(form => form.Confidence)
            .ThenBy(form => (form.Level, form.Tlp, form.Pap))
            .ThenBy(form => form.Observables, Comparer<IReadOnlyList<Observable>>.Create(Compare))
            .ThenBy(form => form.Techniques, Comparer<IReadOnlyList<string>>.Create(Compare))
            .ThenBy(form => form.Description, StringComparer.Ordinal)
            .ThenBy(form => (form.Said?.Deed, form.Said?.Value)).ThenBy(form => form.Said?.State, StringComparer.Ordinal)
            .ThenBy(form => form.Said?.Sector, StringComparer.Ordinal).ThenBy(form => form.Said?.Service, StringComparer.Ordinal),
    ];

    public static string ToText(IReadOnlyList<Form> forms) =>
        forms.Count == 0 ? Text.NotFound : string.Concat(forms.Select(ToText));

    private static int Compare(IReadOnlyList<Observable> one, IReadOnlyList<Observable> other) =>
        Compare(one, other, (left, right) => left.CompareTo(right));

    private static int Compare(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        Compare(one, other, string.CompareOrdinal);

    private static int Compare<T>(IReadOnlyList<T> one, IReadOnlyList<T> other, Comparison<T> compare) =>
        one.Zip(other, (left, right) => compare(left, right)).FirstOrDefault(order => order != 0) is var order and not 0
            ? order
            : one.Count.CompareTo(other.Count);

    /// <summary>Every field of a form, and no other.</summary>
    public static string ToText(Form form) => Text.Lines(
    [
        $"sighting {form.Level.Word()} {form.Kind.Word()} count={form.Count} first={Text.Instant(form.First)}"
            + $" last={Text.Instant(form.Last)} confidence={form.Confidence} jurisdiction={form.Jurisdiction}",
        $"  marking {MarkingShown.Shown(form)}",
        .. form.Observables.Select(observable => $"  observable {observable}"),
        .. form.Techniques.Select(technique => $"  technique {technique}"),
        .. form.Owner is null ? Array.Empty<string>() : [$"  owner {form.Owner}", $"  description {form.Description}"],
        .. form.Said is null ? Array.Empty<string>() : [$"  said {form.Said}"],
        .. form.Whole is not { } whole ? Array.Empty<string>() : [$"  id {whole.Id}", $"  source {whole.SourceRef}"],
        .. form.Whole?.Asset is not { } asset ? Array.Empty<string>() : [$"  asset {asset.Id} {Text.Of(asset)}"],
    ]);
}
