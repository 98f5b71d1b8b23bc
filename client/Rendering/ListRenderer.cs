using System.Globalization;
using CrossBorderSoc.V1;
using Spectre.Console;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Prints lists of what the caller sees, one entry a line.</summary>
public static class ListRenderer
{
    /// <summary>Prints indicators: last seen, score, value, type, counts by kind, jurisdictions, bursts, warninglists.</summary>
    public static void Render(IAnsiConsole console, ListIndicatorsResponse answer)
    {
        Columns.Write(console, [.. answer.Indicators.Select(Cells)]);
        WriteEnd(console, answer.Indicators.Count, "indicators", answer.NextPageToken);
        IndicatorRenderer.WriteUnavailable(console, answer.UnavailableJurisdictions);
    }

    /// <summary>Prints incidents: last seen, identifier, the newest core value, size, Member States, since when.</summary>
    public static void Render(IAnsiConsole console, ListIncidentsResponse answer)
    {
        Columns.Write(console, [.. answer.Incidents.Select(Cells)]);
        WriteEnd(console, answer.Incidents.Count, "incidents", answer.NextPageToken);
        IndicatorRenderer.WriteUnavailable(console, answer.UnavailableJurisdictions);
    }

    internal static string[] Cells(IndicatorSummary entry) =>
    [
        Instants.Text(entry.ByKind.Select(tally => tally.LastSeen).Where(Instants.IsValid).MaxBy(time => time.ToDateTimeOffset())),
        entry.Score.ToString(CultureInfo.InvariantCulture).PadLeft(3),
        entry.Observable?.Value ?? "",
        entry.Observable?.Type ?? "",
        string.Join(", ", entry.ByKind.Select(tally => $"{Instants.Count(tally.Count)} {LabelText.Of(tally.Kind)}")),
        string.Join(' ', entry.Jurisdictions),
        entry.Burst is { } burst ? $"unusual since {Instants.Text(burst.Since)}" : "",
        entry.Warninglists.Count == 0 ? "" : "on a warninglist",
    ];

    internal static string[] Cells(IncidentSummary entry) =>
    [
        Instants.Text(entry.LastSeen),
        entry.Id,
        entry.Newest?.Value ?? "",
        $"{entry.CoreCount} core, {entry.FringeCount} fringe"
            + (entry.ContributionCount > 0 ? $", {Instants.Count(entry.ContributionCount)} said" : ""),
        string.Join(' ', entry.MemberStates),
        $"since {Instants.Text(entry.Since)}",
        entry.Truncated ? "truncated" : "",
    ];

    private static void WriteEnd(IAnsiConsole console, int count, string what, string next)
    {
        if (count == 0) console.Write(new Text($"You see no such {what}.\n"));
        if (next.Length > 0) console.Write(new Text($"There are more {what}: raise --limit.\n", new Style(Color.Grey)));
    }
}
