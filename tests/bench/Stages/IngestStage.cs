using CrossBorderSoc.Tests.Bench.Checking;
using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Load;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>Rounds of each stream through each path, one path at a time, then the comparison of what is stored.</summary>
internal sealed class IngestStage(Run run)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly string[] Paths = ["echo", "bare", "full"];

    private readonly IngestFigures _figures = new();
    private readonly List<(OwnerTraffic, OutgoingBatch)> _fresh = [];

    public async Task Run()
    {
        await using var echo = await ServerProcess.Start("echo", run.DataOf("echo"));
        await using var bare = await ServerProcess.Start("bare", run.DataOf("bare"));
        // New values stay in the baseline's memory for good: a server of its own, so that the hot rounds do not suffer.
        await using var bareCold = await ServerProcess.Start("bare", run.DataOf("bare-cold"));
        await using var full = await ServerProcess.Start("full", run.DataOf("full"));
        ServerProcess[] servers = [echo, bare, bareCold, full];
        var streams = await Streams();
        if (!run.IsSmoke)
            foreach (var stream in streams)
                foreach (var path in Paths) await Round(ServerOf(path, stream.Name), servers, path, stream, WarmUp);
        _figures.Clear();
        for (var round = 0; round < run.Rounds; round++)
            foreach (var stream in streams)
                foreach (var path in Paths) await Round(ServerOf(path, stream.Name), servers, path, stream, run.Duration);
        _figures.Tell(run.Report, streams.Select(s => s.Name), Paths, run.IsSmoke);
        await Check(full, streams);
        foreach (var server in servers) await server.Stop();

        ServerProcess ServerOf(string path, string stream) =>
            path == "echo" ? echo : path == "full" ? full : stream == "cold" ? bareCold : bare;
    }

    private async Task<Traffic.Stream[]> Streams()
    {
        var real = await RealStream.Read(run.Data.RealStream!, run.Data.Organisations);
        var owners = real.Owners.Select(o => o.Owner).ToArray();
        return [SyntheticStreams.Hot(owners), SyntheticStreams.Cold(owners), real];
    }

    private async Task Round(
        ServerProcess server, ServerProcess[] all, string path, Traffic.Stream stream, TimeSpan duration)
    {
        if (!await Quiet.Wait(all)) run.Report.Line($"{stream.Name} {path}: the servers were still busy when the round began.");
        // Only what the full path took is read back.
        var sent = path == "full" ? stream : stream.Unwatched();
        var tally = new PushTally();
        var pushed = await PushLoad.Run(server, sent, tally, new PushLimit(duration));
        var pending = await server.PendingRecords();
        var catchUp = await server.CatchUp();
        _figures.Add(stream.Name, path, new(pushed, pending, catchUp.TotalSeconds));
        if (path == "full") _fresh.AddRange(tally.Samples);
    }

    private async Task Check(ServerProcess full, Traffic.Stream[] streams)
    {
        var check = new ReadBack(full);
        foreach (var stream in streams.Where(s => s.Name != "cold"))
            await check.Owners(new Expectation(stream), run.IsSmoke ? 1 : 8);
        await check.Everything(new Expectation(streams[0]));
        await check.Fresh(_fresh, run.IsSmoke ? 20 : 400);
        run.Report.Figure("read back: views compared", check.Compared, "0");
        foreach (var difference in check.Differences.Take(20)) run.Report.Fault(difference);
    }
}
