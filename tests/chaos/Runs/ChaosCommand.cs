using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Tests.Chaos.Checking;
using CrossBorderSoc.Tests.Chaos.Harm;
using CrossBorderSoc.Tests.Chaos.Hosts;
using CrossBorderSoc.Tests.Chaos.Load;
using CrossBorderSoc.Tests.Chaos.Schedules;
using CrossBorderSoc.Tests.E2e;

namespace CrossBorderSoc.Tests.Chaos.Runs;

/// <summary>The command line, and the runs one after the other on one grid.</summary>
internal static class ChaosCommand
{
    private const int LookEvery = 100;
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromSeconds(180);

    private static readonly Option<int> Runs = new("--runs") { Description = "How many schedules.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Of the schedules.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> OnlyRun = new("--only-run") { Description = "Only the schedule of this number, 1 to --runs." };
    private static readonly Option<bool> Namespaces = new("--namespaces") { Description = "Hosts have network namespaces; ours is new." };
    private static readonly Option<string?> Logs = new("--logs") { Description = "Directory for what servers wrote, where a run failed." };

    private static readonly Option<bool> Print = new("--print") { Description = "Only prints the schedules." };

    public static Task<int> Run(string[] args)
    {
        var command = new RootCommand("Faults at random on a grid of real processes; see tests/chaos.sh.")
        {
            Runs, Seed, OnlyRun, Namespaces, Logs, Print,
        };
        command.SetAction(async (parsed, _) =>
        {
            int[] runs = parsed.GetValue(OnlyRun) is { } only ? [only] : [.. Enumerable.Range(1, parsed.GetValue(Runs))];
            if (!parsed.GetValue(Print)) return await Run(parsed.GetValue(Seed), runs, parsed.GetValue(Namespaces), parsed.GetValue(Logs));
            foreach (var run in runs) Console.WriteLine($"run {run,3} {string.Join("; ", Schedule.Of(parsed.GetValue(Seed), run))}");
            return 0;
        });
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<int> Run(int seed, IReadOnlyList<int> runs, bool namespaces, string? logs)
    {
        var hosts = namespaces ? "in network namespaces" : "on one loopback: links between silos alone are cut, no packet is lost";
        Console.WriteLine($"seed {seed}; hosts {hosts}");
        using var network = await Network.Lay(namespaces);
        await using var grid = await Grid.Start(network, seed);
        Console.WriteLine($"clocks: {grid.Clocks}");
        var book = new Book(Repository.RealStream);
        try
        {
            return await Run(grid, book, seed, runs, logs);
        }
        catch
        {
            WriteLogs(grid, logs, "start");
            throw;
        }
    }

    private static async Task<int> Run(Grid grid, Book book, int seed, IReadOnlyList<int> runs, string? logs)
    {
        await TokensAreThere(grid);
        using var done = new CancellationTokenSource();
        var tokens = new TokenFiles(grid.HubData);
        var watchers = ((string[])["nsoc.be", "nsoc.de"]).Select(each => new Watcher(each, tokens.Read(each), book)).ToList();
        var watching = watchers.ConvertAll(watcher => watcher.Run(done.Token));
        await Begins("watches begin", () => watchers.TrueForAll(watcher => watcher.HasBegun));
        var harness = new ChaosRun(grid, book, watchers, seed);
        // Until everything is there; no fault, and in no table.
        var warm = await harness.Run(0, []);
        if (!warm.Passed) Fail(grid, warm, logs);
        var results = new List<RunResult>();
        foreach (var run in runs)
        {
            var faults = Schedule.Of(seed, run);
            foreach (var fault in faults)
                if (FaultRunner.CannotBe(grid, fault) is { } why) Console.WriteLine($"skipped in run {run}: {fault}: {why}");
            var result = await harness.Run(run, [.. faults.Where(fault => FaultRunner.CannotBe(grid, fault) is null)]);
            results.Add(result);
            Console.WriteLine(result);
            if (!result.Passed) Fail(grid, result, logs);
        }
        var late = await AllAgain(book, tokens, watchers);
        await done.CancelAsync();
        await Task.WhenAll(watching);
        return Tell(seed, [.. results], watchers, warm.Passed && late.IsClean, late);
    }

    private static int Tell(int seed, IReadOnlyList<RunResult> results, List<Watcher> watchers, bool frame, Findings late)
    {
        foreach (var text in late.Texts) Console.WriteLine("at the end: " + text);
        if (results.Count > 0) Summary.Write(results);
        Console.WriteLine($"watches told of {watchers.Sum(each => each.Changes)} changes, and {watchers.Sum(each => each.Lists)} times a list");
        foreach (var failed in results.Where(each => !each.Passed))
            Console.WriteLine($"again: tests/chaos.sh --seed {seed} --only-run {failed.Run}");
        var bad = results.Count(each => !each.Passed) + (frame ? 0 : 1);
        Console.WriteLine($"{results.Count + 1 - bad} passed, {bad} failed");
        return bad == 0 ? 0 : 1;
    }

    // What later runs did took nothing of earlier ones.
    private static async Task<Findings> AllAgain(Book book, TokenFiles tokens, IReadOnlyList<Watcher> watchers)
    {
        var late = new Findings();
        var hot = book.Values.Where(value => value.Value.StartsWith("hot-", StringComparison.Ordinal));
        await new FinalCheck(book, tokens.Read, late).Run([.. hot], watchers);
        return late;
    }

    private static void Fail(Grid grid, RunResult result, string? logs)
    {
        foreach (var text in result.Findings.Texts) Console.WriteLine("  " + text);
        if (result.Failure is { } failure) Console.WriteLine("  " + failure);
        WriteLogs(grid, logs, string.Create(CultureInfo.InvariantCulture, $"run-{result.Run}"));
    }

    private static void WriteLogs(Grid grid, string? logs, string name)
    {
        if (logs is null) return;
        Directory.CreateDirectory(logs);
        foreach (var server in grid.All) File.WriteAllText(Path.Combine(logs, $"{name}-{server.Name}.log"), server.Log);
        Console.WriteLine($"  what servers wrote: {logs}/{name}-*.log");
    }

    private static Task TokensAreThere(Grid grid) => Begins("the hub writes tokens and all nodes are ready", () =>
        new TokenFiles(grid.HubData).TryRead("nsoc.be") is not null && grid.All.All(server => server.IsReady));

    private static async Task Begins(string what, Func<bool> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(started) > BeginsWithin) throw new TimeoutException($"It did not come about that {what}.");
            await Pause.For(LookEvery);
        }
    }
}
