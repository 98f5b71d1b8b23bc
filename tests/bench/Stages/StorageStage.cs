using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Load;
using CrossBorderSoc.Tests.Bench.Machine;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>
/// Bytes of disk per stored sighting: a new store takes one stream, releases included, is stopped, and started and stopped once
/// more, which empties its write-ahead log into tables.
/// </summary>
internal sealed class StorageStage(Run run)
{
    public async Task Run()
    {
        foreach (var stream in new[]
        {
            SyntheticStreams.Hot(run.Data.Organisations), SyntheticStreams.Cold(run.Data.Organisations),
            await RealStream.Read(run.Data.RealStream!, run.Data.Organisations),
        })
            run.Report.Figure($"bytes per stored sighting, {stream.Name}", await Measure(stream), "0");
    }

    private async Task<double> Measure(Traffic.Stream stream)
    {
        var data = run.DataOf("storage-" + stream.Name);
        var empty = await Restart(data);
        await using var server = await ServerProcess.Start("full", data);
        var pushed = await PushLoad.Run(server, stream, new PushTally(), new PushLimit(run.Duration));
        await server.CatchUp();
        await server.Stop();
        return (await Restart(data) - empty) / (double)pushed.Sightings;
    }

    private static async Task<long> Restart(string data)
    {
        await using var server = await ServerProcess.Start("full", data);
        await server.Stop();
        return Disk.Usage(Path.Combine(data, "store"));
    }
}
