using System.Globalization;
using System.Text;
using CrossBorderSoc.V1;
using Spectre.Console;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Prints incidents: as a page for people, or as a graph for Graphviz.</summary>
public static class IncidentRenderer
{
    /// <summary>Prints the caller's view of an incident.</summary>
    public static void Render(IAnsiConsole console, GetIncidentResponse response)
    {
        console.Write(SheetPage.Of(
            ToSheet(response.Incident ?? new()), console.Profile.Width, console.Profile.Capabilities.Unicode));
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
                $"  c{i} [label={Quoted(node.Observable.Value, string.Join(' ', node.MemberStates))}];\n");
        }
        foreach (var link in Links(incident)) dot.Append(CultureInfo.InvariantCulture, $"  c{link.One} -- c{link.Other};\n");
        for (var i = 0; i < incident.Fringe.Count; i++)
            dot.Append(CultureInfo.InvariantCulture, $"  f{i} [style=dashed, label={Quoted(incident.Fringe[i].Value)}];\n");
        return dot.Append("}\n").ToString();
    }

    private static Sheet ToSheet(Incident incident) => new(
        $"incident  {SafeText.Of(incident.Id)}",
        [],
        [
            new("Why", [new(Why(incident), "")]),
            new("Core", [.. incident.Core.Select(Core)], incident.Truncated ? "cut off at the bounds" : ""),
            new("Links", [.. Links(incident).Select(link => new Row(
                Name(incident.Core[(int)link.One].Observable), Name(incident.Core[(int)link.Other].Observable)))]),
            new("Named beside them", [.. incident.Fringe.Select(node => new Row(Name(node), node.Type))]),
        ]);

    private static string Why(Incident incident)
    {
        var states = incident.Core.SelectMany(node => node.MemberStates).Distinct().Order(StringComparer.Ordinal).ToList();
        var since = incident.Core.Select(node => node.CoreSince).MinBy(time => time?.Seconds ?? 0);
        return string.Create(CultureInfo.InvariantCulture,
            $"{states.Count} Member States ({string.Join(", ", states.Select(SafeText.Of))}) saw {incident.Core.Count} "
            + $"{(incident.Core.Count == 1 ? "observable" : "linked observables")} within seven days, since {Instants.Text(since)}.");
    }

    private static Row Core(CoreObservable node) => new(
        Name(node.Observable),
        $"{string.Join(' ', node.MemberStates.Select(SafeText.Of))}  since {Instants.Text(node.CoreSince)}  last {Instants.Text(node.LastSeen)}");

    private static string Name(Observable observable) => SafeText.Of(observable.Value);

    // A grid that sends nonsense must not break the page.
    private static IEnumerable<IncidentLink> Links(Incident incident) =>
        incident.Links.Where(link => link.One < incident.Core.Count && link.Other < incident.Core.Count);

    // DOT's quoted strings know one escape besides the line break (graphviz.org/doc/info/lang.html).
    private static string Quoted(params string[] lines) => '"' + string.Join("\\n", lines.Select(line => SafeText.Of(line)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))) + '"';
}
