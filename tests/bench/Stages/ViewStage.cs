using System.Diagnostics;
using CrossBorderSoc.Tests.Bench.Checking;
using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Load;
using CrossBorderSoc.Tests.Bench.Reporting;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>
/// Latency of a view of a value with very many sightings beside one with 100, in the same compartments and hours: as its
/// owner sees it at home, and as an outsider sees it at the hub.
/// </summary>
internal sealed class ViewStage(Run run)
{
    private const ulong FewValue = 400_000;
    private const ulong ManyValue = 400_001;
    private const int Few = 100;
    private const string Outsider = "enisa";

    private int Many => run.IsSmoke ? 10_240 : 1_000_000;

    private int Calls => run.IsSmoke ? 20 : 400;

    public async Task Run()
    {
        await using var server = await ServerProcess.Start("full", run.DataOf("view"));
        var owners = run.Data.Organisations.Take(2).ToArray();
        await Push(server, SyntheticStreams.Values(owners, FewValue, 1, Few / 2), batches: 2);
        await Push(server, SyntheticStreams.Values(owners, ManyValue, 1, SyntheticStreams.BatchSightings),
            (Many + SyntheticStreams.BatchSightings - 1) / SyntheticStreams.BatchSightings);
        await server.CatchUp();
        foreach (var (name, asker) in new[] { ("owner", owners[0].Id), ("outsider", Outsider) }) await Compare(server, name, asker);
        await server.Stop();
    }

    private static Task<PushRound> Push(ServerProcess server, Traffic.Stream stream, long batches) =>
        PushLoad.Run(server, stream, new PushTally(), new PushLimit(TimeSpan.MaxValue, batches));

    private async Task Compare(ServerProcess server, string name, string asker)
    {
        using var reader = new GridReader(server, asker);
        run.Report.Figure($"view, {name}: first of many", await Time(reader, ManyValue) / 1000, "0.0", "ms");
        List<double> few = [], many = [];
        for (var call = -Calls / 4; call < Calls; call++)
        {
            var (a, b) = (await Time(reader, FewValue), await Time(reader, ManyValue));
            if (call < 0) continue;
            few.Add(a);
            many.Add(b);
        }
        run.Report.Figure($"view, {name}: of {Few}", Median.Of(few), "0", "µs");
        run.Report.Figure($"view, {name}: of {Many}", Median.Of(many), "0", "µs");
        run.Report.Figure($"view 1M/100, {name}", Median.Of(many) / Median.Of(few));
    }

    private static async Task<double> Time(GridReader reader, ulong number)
    {
        var start = Stopwatch.GetTimestamp();
        var view = await reader.View(
            SyntheticValue.TypeOf(SyntheticValue.DomainName), SyntheticValue.Text(SyntheticValue.DomainName, number));
        var time = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        return view is not null ? time : throw new InvalidDataException($"{reader.Organisation} does not see the value.");
    }
}
