using System.Globalization;
using CrossBorderSoc.Tests.Bench.Checking;
using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Load;
using CrossBorderSoc.Tests.Bench.Reporting;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>
/// Latency of views of other values while one hot value is pushed and viewed; while as much is pushed and viewed of a thousand values in
/// its place; and while nothing is. In turns.
/// </summary>
internal sealed class OtherValues(Run run, ServerProcess server, Owner[] owners, ulong hot, string outsider)
{
    private const ulong FirstValue = 410_000;
    private const ulong FirstSpread = 420_000;
    private const int TimesEach = 4;
    private const double BatchesPerSecond = 40;
    private static readonly TimeSpan ViewEvery = TimeSpan.FromMilliseconds(10);

    private readonly Random _random = new(11);

    private int Values => run.IsSmoke ? 64 : 256;

    private int Spread => run.IsSmoke ? SyntheticStreams.BatchSightings : 4 * SyntheticStreams.BatchSightings;

    public async Task Run()
    {
        await PushLoad.Once(server, SyntheticStreams.Values(owners, FirstValue, Values, TimesEach));
        await PushLoad.Once(server, SyntheticStreams.Values(owners, FirstSpread, Spread, 1));
        var hotLoad = SyntheticStreams.Values(owners, hot, 1, SyntheticStreams.BatchSightings);
        var spreadLoad = SyntheticStreams.Values(owners, FirstSpread, Spread, 1);
        List<double> without = [], with = [], spread = [];
        // The first turn warms up.
        for (var round = run.IsSmoke ? 0 : -1; round < run.Rounds; round++)
        {
            var (quiet, one, many) = (
                await Measure(load: null, () => 0), await Measure(hotLoad, () => hot),
                await Measure(spreadLoad, () => FirstSpread + (ulong)_random.Next(Spread)));
            if (round < 0) continue;
            without.AddRange(quiet);
            with.AddRange(one);
            spread.AddRange(many);
        }
        run.Report.Line(string.Create(
            CultureInfo.InvariantCulture, $"view other p99 {Milliseconds(with, 0.99):f2} {Milliseconds(without, 0.99):f2}"));
        run.Report.Quiet("view other p99 with", Milliseconds(with, 0.99));
        run.Report.Quiet("view other p99 without", Milliseconds(without, 0.99));
        run.Report.Figure("view other p99, load spread", Milliseconds(spread, 0.99), "0.00", "ms");
        run.Report.Figure("view other p50, with", Milliseconds(with, 0.5), "0.00", "ms");
        run.Report.Figure("view other p50, without", Milliseconds(without, 0.5), "0.00", "ms");
        run.Report.Figure("view other p50, load spread", Milliseconds(spread, 0.5), "0.00", "ms");
        run.Report.Figure("view other: views", with.Count + without.Count + spread.Count, "0");
    }

    // One after the other as an owner and as an outsider, beside the load.
    private async Task<IEnumerable<double>> Measure(Traffic.Stream? load, Func<ulong> viewed)
    {
        if (!await Quiet.Wait(server)) run.Report.Line("The server was still busy when a turn began.");
        var limit = new PushLimit(run.Duration);
        var pushing = load is null
            ? Task.CompletedTask
            : PushLoad.Run(server, load, new PushTally(), new PushLimit(run.Duration, batchesPerSecond: BatchesPerSecond));
        var viewing = load is null ? Task.CompletedTask : View(viewed, limit);
        var times = await Task.WhenAll(Ask(owners[0].Id, new Random(1), limit), Ask(outsider, new Random(2), limit));
        await Task.WhenAll(pushing, viewing);
        await server.CatchUp();
        return times.SelectMany(each => each);
    }

    private async Task<List<double>> Ask(string asker, Random random, PushLimit limit)
    {
        using var reader = new GridReader(server, asker);
        var times = new List<double>();
        while (limit.Take()) times.Add(await ViewStage.Time(reader, FirstValue + (ulong)random.Next(Values)));
        return times;
    }

    private async Task View(Func<ulong> viewed, PushLimit limit)
    {
        using var reader = new GridReader(server, outsider);
        using var timer = new PeriodicTimer(ViewEvery);
        while (limit.Take())
        {
            await ViewStage.Time(reader, viewed());
            await timer.WaitForNextTickAsync();
        }
    }

    private static double Milliseconds(List<double> microseconds, double share)
    {
        var sorted = microseconds.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)] / 1000;
    }
}
