using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>
/// The sightings themselves, each in the form that the caller sees, sorted by (last-seen descending, text).
/// </summary>
public static class Evidence
{
    /// <summary>The forms of the sightings in which a caller sees an observable.</summary>
    public static IReadOnlyList<Form> Of(World world, Observable observable, Caller caller, DateTimeOffset at) =>
        Sorted(Form.AllOf(world, observable, caller, at));

    /// <summary>Forms in their one order.</summary>
    public static IReadOnlyList<Form> Sorted(IEnumerable<Form> forms) =>
        [.. forms.OrderByDescending(form => form.Last).ThenBy(ToText, StringComparer.Ordinal)];

    public static string ToText(IReadOnlyList<Form> forms) =>
        forms.Count == 0 ? Text.NotFound : string.Concat(forms.Select(ToText));

    /// <summary>Every field of a form, and no other.</summary>
    public static string ToText(Form form) => Text.Lines(
    [
        $"sighting {form.Level.Word()} {form.Kind.Word()} count={form.Count} first={Text.Instant(form.First)}"
            + $" last={Text.Instant(form.Last)} confidence={form.Confidence} jurisdiction={form.Jurisdiction}",
        $"  marking {MarkingShown.Shown(form)}",
        .. form.Observables.Select(observable => $"  observable {observable}"),
        .. form.Techniques.Select(technique => $"  technique {technique}"),
        .. form.Owner is null ? Array.Empty<string>() : [$"  owner {form.Owner}", $"  description {form.Description}"],
        .. form.Whole is not { } whole ? Array.Empty<string>() : [$"  id {whole.Id}", $"  source {whole.SourceRef}"],
        .. form.Whole?.Asset is not { } asset ? Array.Empty<string>() : [$"  asset {asset.Id} {Text.Of(asset)}"],
    ]);
}
