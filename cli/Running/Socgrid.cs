using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CrossBorderSoc.Cli.Contributing;
using CrossBorderSoc.Cli.Pushing;
using CrossBorderSoc.Cli.Showing;
using CrossBorderSoc.Cli.Watching;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Rendering;
using Grpc.Core;

namespace CrossBorderSoc.Cli.Running;

/// <summary>The program: parses, runs one command, and turns every failure into a sentence and an exit code.</summary>
public static class Socgrid
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">Its words.</param>
    /// <param name="host">Its surroundings.</param>
    /// <param name="cancellation">Ends the command, as Ctrl-C does.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CliHost host, CancellationToken cancellation = default)
    {
        var root = Root(host);
        // "@name" is a value here, not a file of arguments.
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var configuration = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
        };
        var wrong = parse.Action is ParseErrorAction;
        if (parse.Action is ParseErrorAction { } action) action.ShowHelp = false;
        try
        {
            var exit = await parse.InvokeAsync(configuration, cancellation);
            if (wrong) await host.Error.WriteLineAsync("Try: socgrid --help");
            return wrong ? ExitCode.Usage : exit;
        }
        catch (Exception e)
        {
            return await ExplainAsync(e, host);
        }
    }

    private static RootCommand Root(CliHost host)
    {
        var root = new RootCommand("socgrid: push sightings to a CrossBorderSoc grid, and see what you may see.");
        var examples = new Dictionary<Command, string[]>
        {
            [root] = ["socgrid push sightings.ndjson --as csirt.be", "socgrid show indicator 203.0.113.7 --as csirt.de"],
        };
        root.Add(new PushCommand(host).Build(examples));
        root.Add(new ShowCommand(host).Build(examples));
        foreach (var command in new SeenCommands(host).Build(examples)) root.Add(command);
        root.Add(new WatchCommand(host).Build(examples));
        root.Add(new ContributeCommand(host).Build(examples));
        foreach (var command in new ListCommands(host).Build(examples)) root.Add(command);
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new HelpWithExamples((HelpAction)option.Action!, examples);
        return root;
    }

    private static async Task<int> ExplainAsync(Exception error, CliHost host)
    {
        var (text, exit) = error switch
        {
            GridAccessException e => (e.Message, ExitCode.Grid),
            UsageException e => (e.Message, ExitCode.Usage),
            RpcException { StatusCode: StatusCode.NotFound } e => (e.Status.Detail, ExitCode.Partly),
            RpcException { StatusCode: StatusCode.InvalidArgument } e => (e.Status.Detail, ExitCode.Usage),
            RpcException e => (FailureText.Of(GridFailure.Of(e)), ExitCode.Grid),
            OperationCanceledException => ("Interrupted.", ExitCode.Interrupted),
            InvalidDataException or IOException or UnauthorizedAccessException => (error.Message, ExitCode.Usage),
            _ => ($"BUG: {error}", ExitCode.Grid),
        };
        await host.Error.WriteLineAsync(SafeText.Of(text));
        return exit;
    }
}
