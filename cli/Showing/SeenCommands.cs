using System.CommandLine;
using CrossBorderSoc.Cli.Running;
using CrossBorderSoc.Client.Rendering;
using CrossBorderSoc.V1;

namespace CrossBorderSoc.Cli.Showing;

/// <summary><c>socgrid indicators</c> and <c>incidents</c>: what the caller may see, the most recently seen first.</summary>
internal sealed class SeenCommands(CliHost host)
{
    private const int LimitMax = 10_000;

    private readonly SeenOptions seen = new();
    private readonly Option<int> limit = new("--limit")
    {
        Description = $"Most entries, 1 to {LimitMax}.",
        HelpName = "N",
        DefaultValueFactory = _ => 50,
    };

    public IEnumerable<Command> Build(Dictionary<Command, string[]> examples)
    {
        limit.Bound(1, LimitMax);
        return [Indicators(examples), Incidents(examples)];
    }

    private AskCommand Indicators(Dictionary<Command, string[]> examples)
    {
        var command = new AskCommand("indicators", "List the indicators that you may see, the most recently seen first.",
            host, async (views, parse, json, stop) =>
        {
            var request = new ListIndicatorsRequest
            {
                Filter = seen.Filter(parse),
                MinScore = seen.MinScore(parse),
                Technique = seen.Technique(parse),
            };
            return Answers.Print(host, json, await views.IndicatorsAsync(request, parse.GetValue(limit), stop), answer =>
                ListRenderer.Render(host.OutConsole, answer));
        });
        foreach (var option in (Option[])[.. seen.Filters, .. seen.OfIndicators, limit]) command.Add(option);
        examples[command] =
        [
            "socgrid indicators --as csirt.de --min-score 60",
            "socgrid indicators --as csirt.de --type url --text /gate.php --since 2026-08-20 --limit 500 --json",
        ];
        return command;
    }

    private AskCommand Incidents(Dictionary<Command, string[]> examples)
    {
        var command = new AskCommand("incidents", "List the incidents that you may see, the most recently seen first.",
            host, async (views, parse, json, stop) => Answers.Print(
                host, json, await views.IncidentsAsync(new() { Filter = seen.Filter(parse) }, parse.GetValue(limit), stop), answer =>
                ListRenderer.Render(host.OutConsole, answer)));
        foreach (var option in (Option[])[.. seen.Filters, limit]) command.Add(option);
        examples[command] = ["socgrid incidents --as csirt.de", "socgrid incidents --as csirt.de --state FR --sector energy"];
        return command;
    }
}
