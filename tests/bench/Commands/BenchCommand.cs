using System.CommandLine;
using CrossBorderSoc.Tests.Bench.Reporting;
using CrossBorderSoc.Tests.Bench.Serving;
using CrossBorderSoc.Tests.Bench.Stages;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Commands;

/// <summary>The command line of the benchmark.</summary>
internal static class BenchCommand
{
    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "Rounds of each stream and path; figures are medians.",
        DefaultValueFactory = _ => 3,
    };

    private static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "How long a round pushes.",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<string?> Json = new("--json") { Description = "Writes all figures to this file, too." };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Directory on a real disk; a directory of the run's own is made in it, and removed. Default: the system's for temporary files.",
    };

    private static readonly Option<bool> Smoke = new("--smoke")
    {
        Description = "Shows that everything works and the counts agree, in small amounts and without warming up. Its times mean nothing.",
    };

    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("The grid's benchmark. README.md in tests/bench says how to read it.")
        {
            Stage("ingest", "Sightings per second, durable, beside the baseline; then storage, views and memory.", Ingest),
            Stage("rates", "The first part of ingest: sightings per second beside the baseline.", run => new IngestStage(run).Run()),
            Stage("view", "Latency of a view with many sightings beside one with few; of others meanwhile.", run => new ViewStage(run).Run()),
            Stage("correlation", "Processor time per sighting with correlation on and off.", run => new CorrelationStage(run).Run()),
            Stage("watch", "From the acknowledgement to a partner's watch at half load; memory of idle watches.", run => new WatchStage(run).Run()),
            Stage("memory", "Heap per active indicator.", run => new MemoryStage(run).Run()),
            Stage("bursts", "How well bursts are found in the real stream; the same in every run.", run => new BurstsStage(run).Run()),
            Stage("decide", "Time and memory of a warm decision.", run => new DecideStage(run).Run()),
            ServeCommand.Build(),
        };
        return root.Parse(args).InvokeAsync();
    }

    private static Command Stage(string name, string description, Func<Run, Task> stage)
    {
        var command = new Command(name, description) { Rounds, Seconds, Json, Data, Smoke };
        command.SetAction(async (parsed, _) =>
        {
            var directory = Directory.CreateDirectory(
                Path.Combine(parsed.GetValue(Data) ?? Path.GetTempPath(), $"bench-{Environment.ProcessId}")).FullName;
            var run = new Run(
                directory, parsed.GetValue(Rounds), TimeSpan.FromSeconds(parsed.GetValue(Seconds)), parsed.GetValue(Smoke),
                BenchData.Find(), new Report(Console.Out));
            try
            {
                run.Introduce();
                if (run.Report.IsSound) await stage(run);
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
            if (parsed.GetValue(Json) is { } file) run.Report.Save(file);
            return run.Report.IsSound ? 0 : 1;
        });
        return command;
    }

    private static async Task Ingest(Run run)
    {
        await new IngestStage(run).Run();
        await new StorageStage(run).Run();
        await new CorrelationStage(run).Run();
        await new ViewStage(run).Run();
        await new MemoryStage(run).Run();
        await new DecideStage(run).Run();
    }
}
