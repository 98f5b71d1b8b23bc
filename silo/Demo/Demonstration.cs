using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Pushing;
using CrossBorderSoc.Client.Rendering;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.Grains.Releases;
using CrossBorderSoc.Silo.Hosting;
using CrossBorderSoc.V1;
using Spectre.Console;

namespace CrossBorderSoc.Silo.Demo;

/// <summary>
/// Shows the grid at work on real input: pushes the shipped sample as its owners, through the front door like any producer,
/// and shows one indicator as two organisations see it.
/// </summary>
internal sealed class Demonstration(NodeOptions options, string grpc, ReleaseLag lag, TimeProvider time)
{
    /// <summary>The demo's consortium: 139 organisations of 27 Member States and the EU.</summary>
    public static string ConsortiumDirectory => Path.Combine(AppContext.BaseDirectory, "Demo", "consortium");

    private static readonly Observable Shown = new() { Type = "ipv4-addr", Value = "182.161.66.14" };
    private const string Left = "nsoc.dk";
    private const string Right = "enisa";

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "Demo", "sightings.ndjson.gz");

    /// <summary>Pushes the sample, then shows.</summary>
    public async Task Run(IAnsiConsole console, CancellationToken cancellation)
    {
        using var grid = GridConnection.To(grpc);
        var tokens = new TokenFiles(options.Data);
        var started = time.GetTimestamp();
        var router = new OwnerRouter(
            owner => tokens.TryRead(owner) is { } token ? new PushClient(grid.Invoker, token, new(), time) : null, time);
        var rows = DemoRows.Read(Sample, DemoShift.Of(options.Data, time), cancellation);
        var result = await router.PushAsync(rows, observer: null, cancellation);
        if (result.Failure is { } failure)
            throw new StartRefusedException("The sample could not be pushed: " + FailureText.Of(failure));
        await ReleasesCaughtUp(cancellation);
        console.WriteLine();
        console.WriteLine($"Pushed a real sample as its owners: {result.Accepted} sightings accepted and on disk, "
            + $"{result.Duplicates} duplicates, {result.Refused} refused, in {time.GetElapsedTime(started).TotalSeconds:0.0} s.");
        console.WriteLine("The same indicator as two organisations see it:");
        console.WriteLine();
        SideBySide.Render(console, Left, await See(grid, tokens, Left, cancellation), Right, await See(grid, tokens, Right, cancellation));
        ShowCommands(console);
    }

    private static async Task<Indicator> See(GridConnection grid, TokenFiles tokens, string organisation, CancellationToken cancellation) =>
        (await new GridViews(grid.Invoker, tokens.Read(organisation)).IndicatorAsync(Shown, cancellation)).Indicator;

    private async Task ReleasesCaughtUp(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), time);
        while (lag.PendingRecords > 0) await timer.WaitForNextTickAsync(cancellation);
    }

    private void ShowCommands(IAnsiConsole console)
    {
        var where = Socgrid.Of(grpc, options.Data);
        console.WriteLine();
        console.WriteLine("Try, in another terminal:");
        foreach (var command in new[]
        {
            $"show indicator {Shown.Value} --as csirt.nl", $"show evidence {Shown.Value} --as {Left}", $"incidents --as {Left}",
        })
        {
            // To be copied: not broken at the terminal's edge.
            console.Profile.Out.Writer.WriteLine($"  {where.Program} {command}{where.Options}");
        }
    }
}
