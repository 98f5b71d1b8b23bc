using System.CommandLine;
using CrossBorderSoc.Cli.Running;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Ndjson;
using CrossBorderSoc.Client.Pushing;

namespace CrossBorderSoc.Cli.Pushing;

/// <summary><c>socgrid push</c>: a file of sightings into the grid.</summary>
internal sealed class PushCommand(CliHost host)
{
    private readonly GridOptions grid = new(host);
    private readonly Argument<string> file = new("FILE")
    {
        Description = "NDJSON, plain or gzip, as docs/ndjson.md describes; - is the standard input.",
    };
    private readonly Option<bool> asOwners = new("--as-owners")
    {
        Description = "Push each row as its owner, with that owner's token from the data folder.",
    };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON document, every refusal in it." };
    private readonly Option<string?> refusals = new("--rejections")
    {
        Description = "Write every refused row to this file: line, sightingId, field, reasonCode, message.",
        HelpName = "FILE",
    };
    private readonly Option<int> batch = new("--batch")
    {
        Description = "Most sightings of a batch, 1 to 10000.",
        HelpName = "N",
        DefaultValueFactory = _ => new PushOptions().BatchSightings,
    };
    private readonly Option<int> retryFor = new("--retry-for")
    {
        Description = "Seconds to keep trying while the grid is out of reach; 0 gives up at once.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => (int)new PushOptions().RetryFor.TotalSeconds,
    };

    public Command Build(Dictionary<Command, string[]> examples)
    {
        var command = new Command(
            "push",
            "Push sightings. Every row that is reported as accepted is on disk. Pushing a file again is safe: what the grid "
            + "has counts as a duplicate and changes nothing. Bad rows are refused one by one; the rest lands.");
        command.Add(file);
        grid.AddTo(command);
        foreach (Option option in (Option[])[asOwners, json, refusals, batch, retryFor]) command.Add(option);
        command.Validators.Add(result =>
        {
            var (one, all) = (result.GetValue(grid.As) is not null, result.GetValue(asOwners));
            if (one == all) result.AddError("Say either --as ORG or --as-owners.");
        });
        batch.Bound(1, 10_000);
        retryFor.Bound(0, 7 * 24 * 3600);
        command.SetAction(RunAsync);
        examples[command] =
        [
            "socgrid push sightings.ndjson --as csirt.be",
            "sensor --ndjson | socgrid push - --as csirt.be --rejections refused.ndjson",
            "socgrid push sightings.ndjson.gz --as-owners --json",
        ];
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        if (parse.GetValue(asOwners) && grid.HasTokenFile(parse))
            throw new UsageException("--as-owners takes each owner's token from --data; --token-file is for --as.");
        using var input = InputFile.Open(parse.GetRequiredValue(file), host);
        using var connection = grid.Connect(parse);
        await using var refusalFile = parse.GetValue(refusals) is { } path ? new StreamWriter(path) : null;
        await using var report = new PushReport(host, parse.GetValue(json), refusalFile);
        var push = Push(parse, connection, NdjsonReader.ReadAsync(input.Stream, cancellation));
        var progress = new PushProgress(host, input, report, quiet: parse.GetValue(json));
        var totals = new PushTotals(progress);
        try
        {
            return report.Finish(await progress.RunAsync(() => push(totals, cancellation)));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidDataException)
        {
            report.BreakOff(totals.Result, e);
            throw;
        }
    }

    private Func<IPushObserver, CancellationToken, Task<PushResult>> Push(
        ParseResult parse, GridConnection connection, IAsyncEnumerable<NdjsonRow> rows)
    {
        var options = new PushOptions
        {
            BatchSightings = parse.GetValue(batch),
            RetryFor = TimeSpan.FromSeconds(parse.GetValue(retryFor)),
        };
        if (parse.GetValue(grid.As) is { } owner)
        {
            var client = new PushClient(connection.Invoker, grid.Token(parse), options, host.Time);
            return (observer, cancellation) => client.PushAsync(rows, owner, observer, cancellation);
        }
        var tokens = grid.Tokens(parse);
        tokens.Demand();
        var router = new OwnerRouter(
            name => tokens.TryRead(name) is { } token ? new(connection.Invoker, token, options, host.Time) : null, host.Time);
        return (observer, cancellation) => router.PushAsync(rows, observer, cancellation);
    }
}
