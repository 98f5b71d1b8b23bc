using System.Globalization;
using System.Text;
using CrossBorderSoc.V1;
using Spectre.Console;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Prints incidents: as a page for people, or as a graph for Graphviz.</summary>
public static class IncidentRenderer
{
    // Beside the line of marks there are a name of usual length and two times.
    private const int BesideMarks = 70;

    /// <summary>Prints the caller's view of an incident: why it is one, its timeline, states, members and links.</summary>
    public static void Render(IAnsiConsole console, GetIncidentResponse response)
    {
        var (width, unicode) = (console.Profile.Width, console.Profile.Capabilities.Unicode);
        console.Write(SheetPage.Of(ToSheet(response.Incident ?? new(), width, unicode), width, unicode));
        IndicatorRenderer.WriteUnavailable(console, response.UnavailableJurisdictions);
    }

    /// <summary>The incident as an undirected graph in the DOT language: core solid, fringe dashed.</summary>
    public static string ToDot(Incident incident)
    {
        var dot = new StringBuilder("graph incident {\n");
        dot.Append(CultureInfo.InvariantCulture, $"  label={Quoted(incident.Id)};\n");
        for (var i = 0; i < incident.Core.Count; i++)
        {
            var node = incident.Core[i];
            dot.Append(CultureInfo.InvariantCulture,
                $"  c{i} [label={Quoted(node.Observable?.Value ?? "", string.Join(' ', node.MemberStates))}];\n");
        }
        foreach (var link in Links(incident)) dot.Append(CultureInfo.InvariantCulture, $"  c{link.One} -- c{link.Other};\n");
        for (var i = 0; i < incident.Fringe.Count; i++)
            dot.Append(CultureInfo.InvariantCulture, $"  f{i} [style=dashed, label={Quoted(incident.Fringe[i].Value)}];\n");
        return dot.Append("}\n").ToString();
    }

    /// <summary>One sentence that says why it is one incident, safe to print; empty without a core.</summary>
    internal static string Why(Incident incident)
    {
        if (incident.Core.Count == 0) return "";
        var since = incident.Core.Select(node => node.CoreSince).Where(Instants.IsValid).MinBy(time => time.Seconds);
        var ended = since is null ? "." : $", since {Instants.Text(since)}.";
        var byHand = incident.Core.Count(node => node.MemberStates.Count < 2);
        var seen = incident.Core.Count - byHand;
        if (seen == 0) return $"{Opened(byHand)} by hand{ended}";
        var what = (seen, byHand) switch
        {
            (1, 0) => "one observable within seven days",
            (_, 0) => string.Create(CultureInfo.InvariantCulture,
                $"{seen} observables that belong together, each in at least two states within seven days"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seen} observables within seven days; {byHand} more were added by hand"),
        };
        return $"{Enumerated([.. States(incident).Select(state => state.Name)])} saw {what}{ended}";
    }

    /// <summary>The core observable that names an incident: the longest in an unbroken run as core; null without a core.</summary>
    public static Observable? NameOf(Incident incident) =>
        incident.Core.MinBy(node => node.CoreSince?.Seconds ?? long.MaxValue)?.Observable;

    private static string Opened(int count) => count == 1
        ? "One observable was made an incident" : string.Create(CultureInfo.InvariantCulture, $"{count} observables were made an incident");

    /// <summary>The links between observables that are there. A grid that sends nonsense must not break the page.</summary>
    internal static IEnumerable<IncidentLink> Links(Incident incident) =>
        incident.Links.Where(link => link.One < incident.Core.Count && link.Other < incident.Core.Count);

    /// <summary>The Member States that saw one, separated by spaces; safe to print.</summary>
    internal static string States(CoreObservable node) => string.Join(' ', node.MemberStates.Select(SafeText.Of));

    private static Sheet ToSheet(Incident incident, int width, bool unicode) => new(
        $"incident  {SafeText.Of(incident.Id)}",
        [],
        [
            new("Why", [.. Reasons(incident).Select(reason => new Row(reason, ""))]),
            Spans(incident, Math.Clamp(width - BesideMarks, 10, 60), unicode),
            new("States", [.. States(incident).Select(state => new Row(state.Name, Of(state.Count, incident.Core.Count)))]),
            new("Core", [.. incident.Core.Select(node => new Row(
                Name(node.Observable), $"{SafeText.Of(node.Observable?.Type ?? "")}  {States(node)}"))], Count(incident.Core.Count)),
            new("Links", [.. Links(incident).Select(link => new Row(
                Name(incident.Core[(int)link.One].Observable), Name(incident.Core[(int)link.Other].Observable)))]),
            new("Said of it", [.. incident.Contributions.Select(shown => new Row(
                ContributionText.Who(shown), ContributionText.What(shown)))], Count(incident.Contributions.Count)),
            new("Fringe", [.. incident.Fringe.Select(node => new Row(Name(node), SafeText.Of(node.Type)))],
                $"{Count(incident.Fringe.Count)} that the core's sightings also name"),
        ]);

    private static IEnumerable<string> Reasons(Incident incident)
    {
        if (Why(incident) is { Length: > 0 } why) yield return why;
        if (incident.Truncated) yield return "It is larger than this: the grid's bounds cut some of it off.";
    }

    private static Section Spans(Incident incident, int marksMax, bool unicode) =>
        Timeline.Over(marksMax, incident.Core) is not { } scale ? new("Timeline", []) : new(
            "Timeline",
            [.. incident.Core.OrderBy(node => node.CoreSince?.Seconds).Select(node => new Row(
                Name(node.Observable),
                $"{scale.Draw(node, unicode)}  {Instants.Text(node.CoreSince)} … {Instants.Text(node.LastSeen)}"))],
            $"core since … last seen; {scale.Legend()}");

    private static IEnumerable<(string Name, int Count)> States(Incident incident) => incident.Core
        .SelectMany(node => node.MemberStates.Distinct(StringComparer.Ordinal))
        .CountBy(state => state, StringComparer.Ordinal)
        .OrderBy(state => state.Key, StringComparer.Ordinal)
        .Select(state => (SafeText.Of(state.Key), state.Value));

    // "BE, DE and FR".
    private static string Enumerated(string[] names) =>
        names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private static string Of(int count, int all) => $"{Count(count)} of {Count(all)} core observables";

    private static string Count(int count) => Instants.Count((ulong)count);

    private static string Name(Observable? observable) => SafeText.Of(observable?.Value ?? "");

    // DOT's quoted strings know one escape besides the line break (graphviz.org/doc/info/lang.html).
    private static string Quoted(params string[] lines) => '"' + string.Join("\\n", lines.Select(line => SafeText.Of(line)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))) + '"';
}
