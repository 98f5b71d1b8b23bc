using CrossBorderSoc.V1;
using Spectre.Console;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Prints one sighting in its disclosed form.</summary>
public static class EvidenceRenderer
{
    /// <summary>Prints who said what of which observables, when, and under which marking.</summary>
    public static void Render(IAnsiConsole console, Evidence evidence)
    {
        var who = evidence.Owner.Length > 0 ? $"{evidence.Owner} ({evidence.Jurisdiction})" : evidence.Jurisdiction;
        console.Write(new Text(
            $"{Instants.Text(evidence.LastSeen)}  {SafeText.Of(who)}  {LabelText.Of(evidence.Kind)} × "
            + $"{Instants.Count(evidence.Count)}  confidence {evidence.Confidence}\n",
            new Style(decoration: Decoration.Bold)));
        console.Write(new Text(string.Concat(Lines(evidence).Select(line => $"  {line}\n"))));
    }

    private static IEnumerable<string> Lines(Evidence evidence)
    {
        foreach (var observable in evidence.Observables)
            yield return $"{SafeText.Of(observable.Type)}  {SafeText.Of(observable.Value)}";
        if (evidence.FirstSeen is not null) yield return $"first seen {Instants.Text(evidence.FirstSeen)}";
        if (evidence.Marking is { } marking)
            yield return $"{MarkingText.Labels(marking)}, {LabelText.Of(evidence.Level)}{MarkingText.Terms(marking)}";
        if (evidence.Techniques.Count > 0) yield return string.Join(" ", evidence.Techniques.Select(SafeText.Of));
        if (evidence.Asset is { } asset) yield return $"on {SafeText.Of(asset.Id)}";
        if (evidence.Description.Length > 0) yield return SafeText.Of(evidence.Description);
        if (evidence.SightingId.Length > 0)
            yield return $"{SafeText.Of(evidence.SightingId)} {SafeText.Of(evidence.SourceRef)}".TrimEnd();
    }
}
