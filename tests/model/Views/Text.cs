using System.Globalization;
using CrossBorderSoc.Tests.Model.Bursts;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>
/// The one text of a thing, line by line, so that two views compare as strings and a difference can be read.
/// </summary>
public static class Text
{
    /// <summary>What a caller is told of something that is hidden or absent.</summary>
    public const string NotFound = "not found\n";

    public static string Instant(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) ?? "-";

    public static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => Escape(line) + "\n"));

    public static string Of(string role, Tally tally) =>
        $"{role} {tally.Name} {tally.Kind.Word()} count={tally.Count} first={Instant(tally.First)}"
        + $" last={Instant(tally.Last)} confidence={tally.Confidence}";

    public static string Of((DateTimeOffset Hour, Kind Kind, ulong Count) bar) =>
        $"hour {Instant(bar.Hour)} {bar.Kind.Word()} count={bar.Count}";

    public static IEnumerable<string> Of(Burst? burst) => burst is null ? [] :
    [
        $"burst since={Instant(burst.Since)} hours={burst.Hours} observed={burst.Observed}"
            + $" expected={burst.ExpectedThousandths} oneIn={burst.OneIn}",
    ];

    public static IEnumerable<string> Of(string role, ObservableList list) => list.Newest
        .Select(each => $"{role} {each.Observable} last={Instant(each.Last)}")
        .Prepend($"{role}s {list.Type} count={list.DistinctCount}");

    public static string Of(Asset asset) =>
        $"sector={asset.Sector} service={asset.Service} criticality={asset.Criticality}"
        + $" software={string.Join(',', asset.Software)} supplier={asset.Supplier}";

    private static string Escape(string line) => line.ReplaceLineEndings("\\n");
}
