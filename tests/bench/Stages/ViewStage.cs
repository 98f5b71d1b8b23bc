using System.Diagnostics;
using CrossBorderSoc.Tests.Bench.Checking;
using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Load;
using CrossBorderSoc.Tests.Bench.Reporting;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>
/// Latency of a view of a value with very many sightings of 27 states beside one with 108, in the same compartments and hours: as one of
/// its owners sees it, and as an outsider sees it at the hub. Then that of other values while it goes on.
/// </summary>
internal sealed class ViewStage(Run run)
{
    private const ulong FewValue = 400_000;
    private const ulong ManyValue = 400_001;
    private const int FewEach = 4;
    private const string Outsider = "enisa";
    private const string HubBodies = "EU";

    private int Many => run.IsSmoke ? 13_824 : 1_000_000;

    private int Calls => run.IsSmoke ? 20 : 400;

    public async Task Run()
    {
        await using var server = await ServerProcess.Start("full", run.DataOf("view"));
        var owners = run.Data.Organisations.Where(o => o.Jurisdiction != HubBodies).DistinctBy(o => o.Jurisdiction).ToArray();
        await PushLoad.Once(server, SyntheticStreams.Values(owners, FewValue, 1, FewEach));
        await Push(server, SyntheticStreams.Values(owners, ManyValue, 1, SyntheticStreams.BatchSightings),
            (Many + SyntheticStreams.BatchSightings - 1) / SyntheticStreams.BatchSightings);
        await server.CatchUp();
        foreach (var (name, asker) in new[] { ("owner", owners[0].Id), ("outsider", Outsider) })
            await Compare(server, name, asker, FewEach * owners.Length);
        await new OtherValues(run, server, owners, ManyValue, Outsider).Run();
        await server.Stop();
    }

    /// <summary>Microseconds until the view of a value is there.</summary>
    /// <exception cref="InvalidDataException">It is not to be seen.</exception>
    public static async Task<double> Time(GridReader reader, ulong number)
    {
        var start = Stopwatch.GetTimestamp();
        var view = await reader.View(
            SyntheticValue.TypeOf(SyntheticValue.DomainName), SyntheticValue.Text(SyntheticValue.DomainName, number));
        var time = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        return view is not null ? time : throw new InvalidDataException($"{reader.Organisation} does not see the value.");
    }

    private static Task<PushRound> Push(ServerProcess server, Traffic.Stream stream, long batches) =>
        PushLoad.Run(server, stream, new PushTally(), new PushLimit(TimeSpan.MaxValue, batches));

    private async Task Compare(ServerProcess server, string name, string asker, int few)
    {
        using var reader = new GridReader(server, asker);
        run.Report.Figure($"view, {name}: first of many", await Time(reader, ManyValue) / 1000, "0.0", "ms");
        List<double> ofFew = [], ofMany = [];
        for (var call = -Calls / 4; call < Calls; call++)
        {
            var (a, b) = (await Time(reader, FewValue), await Time(reader, ManyValue));
            if (call < 0) continue;
            ofFew.Add(a);
            ofMany.Add(b);
        }
        run.Report.Figure($"view, {name}: of {few}", Median.Of(ofFew), "0", "µs");
        run.Report.Figure($"view, {name}: of {Many}", Median.Of(ofMany), "0", "µs");
        run.Report.Figure($"view 1M/100, {name}", Median.Of(ofMany) / Median.Of(ofFew));
    }
}
