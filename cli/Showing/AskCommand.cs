using System.CommandLine;
using CrossBorderSoc.Cli.Running;
using CrossBorderSoc.Client.Views;

namespace CrossBorderSoc.Cli.Showing;

/// <summary>A command that asks the grid as one organisation and prints the answer.</summary>
internal sealed class AskCommand : Command
{
    /// <summary>Answers one call: the views, the command line, whether JSON is wanted; returns the exit code.</summary>
    internal delegate Task<int> Ask(GridViews views, ParseResult parse, bool json, CancellationToken cancellation);

    public AskCommand(string name, string description, CliHost host, Ask ask)
        : base(name, description)
    {
        var grid = new GridOptions(host);
        var json = new Option<bool>("--json") { Description = "Print protobuf's JSON instead of a page." };
        grid.AddTo(this);
        Add(json);
        grid.RequireCaller(this);
        SetAction(async (parse, cancellation) =>
        {
            using var connection = grid.Connect(parse);
            var views = new GridViews(connection.Invoker, grid.Token(parse));
            return await ask(views, parse, parse.GetValue(json), cancellation);
        });
    }
}
