using System.Diagnostics;
using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Load;
using CrossBorderSoc.Tests.Bench.Reporting;
using CrossBorderSoc.Tests.Bench.Traffic;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>How soon partners' watches tell of an acknowledged sighting while others push, and what watches that hear nothing take.</summary>
internal sealed class WatchStage(Run run)
{
    private const string Reporter = "nsoc.be";
    private const string Watching = "DE";

    // A value that is seen a hundred times a second is not what most watch.
    private const int HotOneIn = 10;
    private static readonly TimeSpan MarkEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int Organisations => run.IsSmoke ? 3 : 50;

    private int WatchesEach => run.IsSmoke ? 2 : 20;

    private int Marks => run.IsSmoke ? 5 : 60;

    private int Idle => run.IsSmoke ? 20 : 10_000;

    public async Task Run()
    {
        await using var server = await ServerProcess.Start("full", run.DataOf("watch"));
        await Latency(server);
        await Memory(server);
        await server.Stop();
    }

    private async Task Latency(ServerProcess server)
    {
        var owners = run.Data.Organisations.Where(o => o.Id != Reporter).ToArray();
        var full = await PushLoad.Run(server, SyntheticStreams.Hot(owners), new PushTally(), new PushLimit(run.Duration));
        await server.CatchUp();
        using var watches = new WatchLoad(server);
        var heard = new WatchTimes(Marks);
        // German ones first: theirs is the latency.
        foreach (var (owner, i) in owners.OrderBy(o => o.Jurisdiction != Watching).Take(Organisations).Select((owner, i) => (owner, i)))
            for (var n = 0; n < WatchesEach; n++)
                await watches.Add(owner.Id, Asked(i * WatchesEach + n), owner.Jurisdiction == Watching ? heard.Hear : _ => { });
        using var stop = new CancellationTokenSource();
        var warming = run.IsSmoke ? MarkEvery : Warming;
        var seconds = warming.TotalSeconds + (Marks + 20) * MarkEvery.TotalSeconds;
        var half = full.Rate / 2;
        var load = PushLoad.Run(
            server, SyntheticStreams.Hot(owners), new PushTally(),
            new PushLimit(TimeSpan.FromSeconds(seconds), batchesPerSecond: half / SyntheticStreams.BatchSightings));
        // Until what watches run is compiled, and those that began far behind have caught up.
        using (var warm = new PeriodicTimer(warming)) await warm.WaitForNextTickAsync();
        await Mark(server, heard);
        var pushed = await load;
        await heard.All(watches.Watches(Watching, run.Data)).WaitAsync(10 * Patience);
        run.Report.Figure("watch half", half, "0", "sightings/s");
        run.Report.Figure("watch pauses", 100 * pushed.Paused, "0.0", "%");
        run.Report.Figure("watch load", pushed.Rate, "0", "sightings/s");
        run.Report.Figure("watch messages", watches.Messages / seconds, "0", "per second");
        run.Report.Figure("watch p50", heard.Percentile(0.5), "0.0", "ms");
        run.Report.Figure("watch p99", heard.Percentile(0.99), "0.0", "ms");
    }

    private async Task Mark(ServerProcess server, WatchTimes heard)
    {
        using var channel = GrpcChannel.ForAddress(server.Address);
        using var push = new SightingService.SightingServiceClient(channel).Push(
            new Metadata { { "authorization", "Bearer " + server.TokenOf(Reporter) } });
        using var timer = new PeriodicTimer(MarkEvery);
        for (var mark = 0; mark < Marks; mark++)
        {
            await timer.WaitForNextTickAsync();
            await push.RequestStream.WriteAsync(new() { Sightings = { Sighting(mark) } });
            if (!await push.ResponseStream.MoveNext(CancellationToken.None) || push.ResponseStream.Current.Accepted != 1)
                run.Report.Fault($"Mark {mark} was not accepted.");
            heard.Acknowledged(mark);
        }
        await push.RequestStream.CompleteAsync();
    }

    private async Task Memory(ServerProcess server)
    {
        var before = ResidentBytes(server.Id);
        using var watches = new WatchLoad(server);
        for (var i = 0; i < Idle; i++)
            await watches.Add(
                run.Data.Organisations[i % run.Data.Organisations.Count].Id, new() { Filter = new() { Text = "never" } }, _ => { });
        using var settling = new PeriodicTimer(run.IsSmoke ? MarkEvery : Patience);
        await settling.WaitForNextTickAsync();
        run.Report.Figure("idle watch", (ResidentBytes(server.Id) - before) / (double)Idle / 1024, "0.0", "KiB");
    }

    private WatchRequest Asked(int watch)
    {
        var request = new WatchRequest();
        if (watch % HotOneIn == 0) request.Observables.Add(new Observable { Type = "domain-name", Value = HotValue(watch) });
        request.Observables.AddRange(
            Enumerable.Range(0, Marks).Select(mark => new Observable { Type = "domain-name", Value = WatchTimes.ValueOf(mark) }));
        return request;
    }

    private static string HotValue(int watch) => SyntheticValue.Text(SyntheticValue.DomainName, (ulong)(watch % 250));

    private static Sighting Sighting(int mark) => new()
    {
        Id = Guid.NewGuid().ToString(),
        Observables = { new Observable { Type = "domain-name", Value = WatchTimes.ValueOf(mark) } },
        FirstSeen = Timestamp.FromDateTimeOffset(SyntheticStreams.Clock.AddHours(-1)),
        LastSeen = Timestamp.FromDateTimeOffset(SyntheticStreams.Clock.AddHours(-1)),
        Count = 1,
        Kind = Kind.Positive,
        Marking = new Marking { Tlp = Tlp.Clear },
    };

    private static long ResidentBytes(int process)
    {
        using var server = Process.GetProcessById(process);
        return server.WorkingSet64;
    }
}
