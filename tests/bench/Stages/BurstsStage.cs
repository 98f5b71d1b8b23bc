using CrossBorderSoc.Contracts.Bursts;
using CrossBorderSoc.Tests.Bench.Bursts;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>
/// How well bursts are found in the real stream (docs/bursts.md): false alarms without an injected burst in either half of the stream, the
/// constants having been chosen on the first; and precision, recall and delay with injected bursts in the second. The same in every run.
/// </summary>
internal sealed class BurstsStage(Run run)
{
    private const int Seed = 20261128;

    // Of indicators that were seen in so many hours at least: most were seen once.
    private const int HoursSeenMin = 3;

    private int TrialsPerInjection => run.IsSmoke ? 3 : 200;

    public async Task Run()
    {
        if (run.Data.RealStream is not { } file) throw new InvalidOperationException("There is no real stream.");
        var subjects = await HourlySubject.Read(file);
        var (first, end) = (subjects.Min(subject => subject.First), subjects.Max(subject => subject.Counts.Keys.Last()) + 1);
        var middle = (first + end) / 2;
        run.Report.Fact("stream", FormattableString.Invariant($"{subjects.Count} subjects, {(end - first) / 24} days, halves at hour {middle}"));
        foreach (var group in subjects.GroupBy(subject => subject.Group))
        {
            FalseAlarms(group.Key, "first half", [.. group], first, middle);
            FalseAlarms(group.Key, "second half", [.. group], middle, end);
            var eligible = group.Where(subject => subject.Counts.Count >= HoursSeenMin
                && subject.First + BurstConstants.HistoryHoursMin < end - 24).ToList();
            foreach (var injection in Injection.All) Inject(group.Key, injection, eligible, middle, end);
        }
    }

    private void FalseAlarms(string group, string half, List<HourlySubject> subjects, long from, long until)
    {
        var hours = subjects.Sum(subject => Math.Max(0, until - Math.Max(from, subject.First + BurstConstants.HistoryHoursMin)));
        var alarms = subjects.Sum(subject => subject.Alarms(from).Count(alarm => alarm.Hour < until));
        run.Report.Figure($"bursts {group}, {half}: alarms without injection", alarms, "0", FormattableString.Invariant($"in {hours} hours"));
        run.Report.Quiet($"bursts {group}, {half}: hours", hours);
    }

    private void Inject(string group, Injection injection, List<HourlySubject> subjects, long from, long until)
    {
        var random = new Random(Seed + injection.Size * 100 + injection.Hours);
        var trials = Enumerable.Range(0, TrialsPerInjection).Select(_ =>
        {
            var subject = subjects[random.Next(subjects.Count)];
            return injection.Try(subject, Math.Max(from, subject.First + BurstConstants.HistoryHoursMin), until, random);
        }).ToList();
        var found = trials.Where(trial => trial.Delay is not null).Select(trial => (double)trial.Delay!.Value).Order().ToList();
        var runs = found.Count + trials.Sum(trial => trial.FalseRuns);
        var name = $"bursts {group}, {injection.Size} in {injection.Hours} h";
        var (recall, precision) = ((double)found.Count / trials.Count, runs == 0 ? 0 : (double)found.Count / runs);
        var delay = found.Count == 0 ? 0 : found.Average();
        run.Report.Line(FormattableString.Invariant($"{name,-34} recall {recall:0.00}  precision {precision:0.00}  delay {delay:0.0} h"));
        run.Report.Quiet($"{name}: recall", recall);
        run.Report.Quiet($"{name}: precision", precision);
        run.Report.Quiet($"{name}: mean delay, hours", delay);
    }
}
