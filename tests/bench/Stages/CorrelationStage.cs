using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Load;
using CrossBorderSoc.Tests.Bench.Reporting;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>
/// What correlation costs: the server's processor time per sighting of the real stream, as it is; with one observable of each sighting,
/// so that there is nothing to correlate; and per observable, with each in a sighting of its own.
/// </summary>
internal sealed class CorrelationStage(Run run)
{
    public async Task Run()
    {
        await using var server = await ServerProcess.Start("full", run.DataOf("correlation"));
        var (file, organisations) = (run.Data.RealStream!, run.Data.Organisations);
        var on = await RealStream.Read(file, organisations);
        Traffic.Stream[] streams = [on, await RealStream.ReadAlone(file, organisations), await RealStream.ReadApart(file, organisations)];
        var spent = streams.ToDictionary(stream => stream.Name, _ => new List<double>());
        for (var round = run.IsSmoke ? 0 : -1; round < run.Rounds; round++)
            foreach (var stream in streams)
            {
                var time = await Round(server, stream);
                if (round >= 0) spent[stream.Name].Add(time);
            }
        var sightings = on.Owners.SelectMany(owner => owner.Templates).SelectMany(template => template.Batch.Sightings).ToList();
        var observables = sightings.Average(sighting => sighting.Observables.Count);
        run.Report.Figure("correlation: observables per sighting", observables);
        run.Report.Figure("correlation on, per sighting", Median.Of(spent["real"]), "0.00", "µs");
        run.Report.Figure("correlation off, per sighting", Median.Of(spent["alone"]), "0.00", "µs");
        run.Report.Figure("correlation on, per observable", Median.Of(spent["real"]) / observables, "0.00", "µs");
        run.Report.Figure("correlation off, per observable", Median.Of(spent["apart"]), "0.00", "µs");
        await server.Stop();
    }

    // With what the hub and the index of lists do afterwards.
    private async Task<double> Round(ServerProcess server, Traffic.Stream stream)
    {
        if (!await Quiet.Wait(server)) run.Report.Line($"{stream.Name}: the server was still busy when the round began.");
        var before = Machine.ProcessCpu.Of(server.Id);
        var pushed = await PushLoad.Run(server, stream, new PushTally(), new PushLimit(run.Duration));
        await server.CatchUp();
        await Quiet.Wait(server);
        return (Machine.ProcessCpu.Of(server.Id) - before).TotalMicroseconds / pushed.Sightings;
    }
}
