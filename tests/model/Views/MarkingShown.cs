using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>A marking as a view shows it: TLP and PAP of a Redacted form, everything of a Full one.</summary>
public static class MarkingShown
{
    /// <summary>The distinct disclosed markings as text, sorted as reading "What a view holds" says, the first 256.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Form> forms) =>
    [
        .. forms.GroupBy(Shown)
            .OrderBy(group => group.First(), Comparer<Form>.Create(Compare))
            .Select(group => group.Key).Take(Newest.Markings),
    ];

    /// <summary>A form's marking as text.</summary>
    public static string Shown(Form form) => Shown(form.Tlp, form.Pap, form.Whole?.Marking);

    /// <summary>A label, and the rest of the marking where it is shown.</summary>
    public static string Shown(Tlp tlp, Pap pap, Marking? whole) =>
        $"tlp={tlp.Word()} pap={pap.Word()}" + (whole is null ? "" :
            $" attribution={whole.Attribution.Word()} recipients={string.Join(',', Marking.Sorted(whole.Recipients))}"
            + $" embargo={Text.Instant(whole.EmbargoUntil)} expires={Text.Instant(whole.ExpiresAt)}");

    private static int Compare(Form one, Form other)
    {
        var common = (one.Level, one.Tlp, one.Pap).CompareTo((other.Level, other.Tlp, other.Pap));
        if (common != 0) return common;
        if (one.Whole is not { Marking: var left } || other.Whole is not { Marking: var right }) return 0;
        int[] rest =
        [
            left.Attribution.CompareTo(right.Attribution),
            CompareLists(Marking.Sorted(left.Recipients), Marking.Sorted(right.Recipients)),
            Nullable.Compare(left.EmbargoUntil, right.EmbargoUntil),
            Nullable.Compare(left.ExpiresAt, right.ExpiresAt),
        ];
        return rest.FirstOrDefault(part => part != 0);
    }

    private static int CompareLists(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        for (var place = 0; place < Math.Min(one.Count, other.Count); place++)
            if (string.CompareOrdinal(one[place], other[place]) is var byItem and not 0) return byItem;
        return one.Count.CompareTo(other.Count);
    }
}
