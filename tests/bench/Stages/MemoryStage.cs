using System.Globalization;
using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Load;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>
/// Heap per active indicator that holds 10 sightings in 4 compartments (two owners of one state, two labels), beside a bare
/// activation, and what remains of it asleep.
/// </summary>
internal sealed class MemoryStage(Run run)
{
    private const ulong FirstValue = 500_000;
    private const int SightingsPerOwner = 5;

    private int Values => run.IsSmoke ? 1_000 : 40_000;

    public async Task Run()
    {
        await using var server = await ServerProcess.Start("full", run.DataOf("memory"));
        var owners = run.Data.Organisations.Take(2).ToArray();
        var stream = SyntheticStreams.Values(owners, FirstValue, Values, SightingsPerOwner);
        var batches = stream.Owners.Sum(o => o.Templates.Length);
        await PushLoad.Run(server, stream, new PushTally(), new PushLimit(TimeSpan.MaxValue, batches));
        await server.CatchUp();
        var answer = await server.Ask(string.Create(
            CultureInfo.InvariantCulture, $"memory {owners[0].Id} {FirstValue} {Values}"));
        var bytes = answer.Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        run.Report.Figure("memory: bare activation", bytes[0], "0", "bytes");
        run.Report.Figure("memory: active indicator at home", bytes[1], "0", "bytes");
        run.Report.Figure("memory: active indicator at the hub", bytes[2], "0", "bytes");
        run.Report.Figure("memory: indicator above bare", Math.Max(bytes[1], bytes[2]) - bytes[0], "0", "bytes");
        run.Report.Figure("memory: asleep, both and bare", bytes[3], "0", "bytes");
        await server.Stop();
    }
}
