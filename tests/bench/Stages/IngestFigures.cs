using System.Globalization;
using CrossBorderSoc.Tests.Bench.Load;
using CrossBorderSoc.Tests.Bench.Reporting;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>A round, and what was left for the releases when it ended.</summary>
internal readonly record struct IngestRound(PushRound Pushed, long PendingRecords, double CatchUpSeconds)
{
    /// <summary>Sightings per second until the hub had applied them, too.</summary>
    public double RateReleased => Pushed.Sightings / (Pushed.Seconds + CatchUpSeconds);
}

/// <summary>The rounds of a run, and what is reported of them.</summary>
internal sealed class IngestFigures
{
    private const double BareRateMin = 200_000;

    private readonly Dictionary<(string Stream, string Path), List<IngestRound>> _rounds = [];

    public void Add(string stream, string path, IngestRound round)
    {
        if (!_rounds.TryGetValue((stream, path), out var rounds)) _rounds[(stream, path)] = rounds = [];
        rounds.Add(round);
    }

    public void Clear() => _rounds.Clear();

    public void Tell(Report report, IEnumerable<string> streams, string[] paths, bool isSmoke)
    {
        report.Line("stream path   sightings/s  server µs  client µs  paused %  released/s  behind (records)  catch-up s");
        foreach (var stream in streams)
            foreach (var path in paths) TellRow(report, stream, path);
        report.Figure("ratio hot", Ratio(("hot", "full"), ("hot", "bare")));
        report.Figure("ratio cold", Ratio(("cold", "full"), ("hot", "full")));
        report.Figure("ratio real", Ratio(("real", "full"), ("real", "bare")));
        var bare = Middle("hot", "bare", r => r.Pushed.Rate);
        if (bare < BareRateMin && !isSmoke)
            report.Fault(FormattableString.Invariant(
                $"VOID: the baseline reached {bare:n0} sightings/s, and {BareRateMin:n0} are required: the machine was busy or is too slow."));
    }

    private void TellRow(Report report, string stream, string path)
    {
        var rate = Middle(stream, path, r => r.Pushed.Rate);
        var server = Middle(stream, path, r => r.Pushed.ServerMicroseconds);
        var client = Middle(stream, path, r => r.Pushed.ClientMicroseconds);
        var paused = 100 * Middle(stream, path, r => r.Pushed.Paused);
        var released = Middle(stream, path, r => r.RateReleased);
        var pending = Middle(stream, path, r => r.PendingRecords);
        var catchUp = Middle(stream, path, r => r.CatchUpSeconds);
        var name = $"{stream} {path}";
        report.Quiet(name + " sightings/s", rate);
        report.Quiet(name + " server µs", server);
        report.Quiet(name + " client µs", client);
        report.Quiet(name + " paused %", paused);
        if (path != "full")
        {
            report.Line(string.Create(CultureInfo.InvariantCulture,
                $"{stream,-6} {path,-6} {rate,11:n0}  {server,9:f2}  {client,9:f2}  {paused,8:f1}"));
            return;
        }
        report.Quiet(name + " released/s", released);
        report.Quiet(name + " pending records", pending);
        report.Quiet(name + " catch-up s", catchUp);
        report.Line(string.Create(CultureInfo.InvariantCulture,
            $"{stream,-6} {path,-6} {rate,11:n0}  {server,9:f2}  {client,9:f2}  {paused,8:f1}  {released,10:n0}  {pending,16:n0}  {catchUp,10:f2}"));
    }

    private double Middle(string stream, string path, Func<IngestRound, double> figure) =>
        Median.Of(_rounds[(stream, path)].Select(figure));

    // Round by round, so that both sides had the machine in the same mood.
    private double Ratio((string, string) above, (string, string) below) =>
        Median.Of(_rounds[above].Zip(_rounds[below], (a, b) => a.Pushed.Rate / b.Pushed.Rate));
}
