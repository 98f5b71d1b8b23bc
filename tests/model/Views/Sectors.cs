using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>
/// The sectors of what was seen on assets. "Distinct assets are of Full only": so are their sectors. They are free text: spaces around and
/// case tell none apart.
/// </summary>
public static class Sectors
{
    /// <summary>Of forms the newest 64, in the order of (last-seen descending, name).</summary>
    public static IReadOnlyList<(string Sector, DateTimeOffset Last)> Of(IEnumerable<Form> forms) => Newest.Of(
        forms.Where(form => form.Level == Level.Full && form.Whole!.Asset is not null)
            .Select(form => (NameOf(form.Whole!.Asset!.Sector), form.Last)).Where(each => each.Item1.Length > 0),
        StringComparer.Ordinal, Newest.Sectors);

    /// <summary>Whether a text is one of the sectors that are asked for; where none is, it does not matter.</summary>
    public static bool IsAsked(IEnumerable<string> names, ListFilter filter) =>
        filter.Sectors.Count == 0
        || names.Any(name => filter.Sectors.Any(asked => NameOf(asked).Equals(NameOf(name), StringComparison.Ordinal)));

    private static string NameOf(string text) => text.Trim().ToLowerInvariant();
}
