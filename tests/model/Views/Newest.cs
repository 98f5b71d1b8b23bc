namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>The bounds of a view, and how a list is cut to one.</summary>
public static class Newest
{
    public const int Neighbours = 100;
    public const int Techniques = 64;
    public const int Assets = 100;
    public const int Sectors = 64;
    public const int Markings = 256;
    public const int HistogramHours = 1024;

    /// <summary>
    /// Each distinct thing with the newest of its instants, sorted by (instant descending, thing), the first K.
    /// </summary>
    public static IReadOnlyList<(T Thing, DateTimeOffset Last)> Of<T>(
        IEnumerable<(T Thing, DateTimeOffset Last)> seen, IComparer<T> order, int most) where T : notnull =>
    [
        .. seen.GroupBy(each => each.Thing)
            .Select(group => (Thing: group.Key, Last: group.Max(each => each.Last)))
            .OrderByDescending(each => each.Last).ThenBy(each => each.Thing, order)
            .Take(most),
    ];
}
