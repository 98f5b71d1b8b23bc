using System.CommandLine;
using System.Globalization;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>The node's command line.</summary>
internal static class NodeCommand
{
    /// <summary>Exit code of a node that refuses to start.</summary>
    private const int Refused = 1;

    private const string Refusal = "The node does not start: ";

    public static Task<int> Run(string[] args)
    {
        var data = new Option<string>("--data")
        {
            Description = "Data directory: the store and, in development, keys and tokens.",
            DefaultValueFactory = _ => "./data",
        };
        var consortium = new Option<string?>("--consortium")
        {
            Description = "Directory with organisations.json and agreements.json; without it the stored policy stays.",
        };
        var settings = new Option<string?>("--settings")
        {
            Description = "JSON file of settings (docs/operate.md), above appsettings.json and below environment variables.",
        };
        var clock = new Option<string?>("--clock")
        {
            Description = "Development only: start the node's clock at this UTC instant, such as 2026-08-23T00:00:00Z.",
        };
        var warninglists = new Option<string?>("--warninglists")
        {
            Description = "Directory of MISP warninglists, read again when a file changes (docs/warninglists.md); else the lists that ship.",
        };
        var demo = new Option<bool>("--demo") { Description = "Load the demonstration and show it." };
        var command = new RootCommand("A node of the CrossBorderSoc correlation grid.")
        {
            data, consortium, settings, clock, warninglists, demo, IdentitiesCommand.Create(), HealthCommand.Create(),
        };
        clock.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !TryReadInstant(text, out _))
                result.AddError("--clock: not a UTC instant such as 2026-08-23T00:00:00Z.");
        });
        command.SetAction((parsed, cancellation) => RunNode(
            new(Path.GetFullPath(parsed.GetValue(data)!), parsed.GetValue(consortium),
                TryReadInstant(parsed.GetValue(clock), out var at) ? at : null, parsed.GetValue(demo),
                parsed.GetValue(warninglists), parsed.GetValue(settings)), cancellation));
        return command.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null });
    }

    /// <summary>Ends a node that has begun to start and may not go on.</summary>
    public static void Refuse(string reason)
    {
        Console.Error.WriteLine(Refusal + reason);
        Environment.Exit(Refused);
    }

    private static async Task<int> RunNode(NodeOptions options, CancellationToken cancellation)
    {
        try
        {
            await Node.Run(options, cancellation);
            return 0;
        }
        catch (StartRefusedException e)
        {
            await Console.Error.WriteLineAsync(Refusal + e.Message);
            return Refused;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static bool TryReadInstant(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
