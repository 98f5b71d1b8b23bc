using System.CommandLine;
using CrossBorderSoc.Cli.Running;
using CrossBorderSoc.Cli.Showing;
using CrossBorderSoc.Client.Rendering;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.Client.Watching;
using CrossBorderSoc.V1;

namespace CrossBorderSoc.Cli.Watching;

/// <summary><c>socgrid watch</c>: what changes of what the caller may see, until it is interrupted.</summary>
internal sealed class WatchCommand(CliHost host)
{
    private readonly Option<string[]> values = new("--value")
    {
        Description = "Only this value; may be repeated, may be defanged.",
        HelpName = "VALUE",
    };
    private readonly Option<bool> incidents = new("--incidents") { Description = "Tell incidents around what changed, too." };
    private readonly Option<string?> cursor = new("--cursor")
    {
        Description = "Keep the place in this file, and go on from it.",
        HelpName = "FILE",
    };

    public Command Build(Dictionary<Command, string[]> examples)
    {
        var (grid, seen) = (new GridOptions(host), new SeenOptions());
        var json = new Option<bool>("--json") { Description = "Print protobuf's JSON, one message a line, signs of life included." };
        var command = new Command("watch", "Tell what changes of what you may see, until interrupted; goes on over restarts of the grid.");
        grid.AddTo(command);
        foreach (var option in (Option[])[.. seen.Filters, .. seen.OfIndicators, values, incidents, cursor, json]) command.Add(option);
        grid.RequireCaller(command);
        command.SetAction(async (parse, stop) =>
        {
            using var connection = grid.Connect(parse);
            var place = new CursorFile(parse.GetValue(cursor));
            var request = new WatchRequest
            {
                Cursor = place.Read(),
                Filter = seen.Filter(parse),
                MinScore = seen.MinScore(parse),
                Technique = seen.Technique(parse),
                Observables = { (parse.GetValue(values) ?? []).Select(ObservableGuess.Of) },
                Incidents = parse.GetValue(incidents),
            };
            await foreach (var message in new WatchClient(connection.Invoker, grid.Token(parse), host.Time).WatchAsync(request, stop))
            {
                Answers.Print(host, parse.GetValue(json), message, shown => ChangeRenderer.Render(host.OutConsole, shown));
                // What it says is out: only now it need not be said again.
                await host.Out.FlushAsync(stop);
                place.Write(message.Cursor);
            }
            return ExitCode.Done;
        });
        examples[command] =
        [
            "socgrid watch --as csirt.de --incidents",
            "socgrid watch --as csirt.de --min-score 60 --type url --cursor ./watch.cursor --json | jq -c .indicator",
        ];
        return command;
    }
}
