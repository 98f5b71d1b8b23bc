using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Bursts;

/// <summary>The burst of docs/bursts.md, out of a histogram: every hour on its own, with all hours before it.</summary>
public sealed record Burst(DateTimeOffset Since, int Hours, ulong Observed, long ExpectedThousandths, long OneIn)
{
    /// <summary>The burst at an instant, or null.</summary>
    public static Burst? Of(IEnumerable<(DateTimeOffset Hour, Kind Kind, ulong Count)> histogram, DateTimeOffset at)
    {
        var now = Disclosure.Hours.Floor(at);
        var seen = histogram.Where(bar => bar.Kind == Kind.Positive && bar.Hour <= now).OrderBy(bar => bar.Hour).ToList();
        if (seen.Count == 0) return null;
        var first = seen[0].Hour;
        // Hours without anything add nothing to sums.
        var before = new List<(int Hour, double Counted)>();
        var unusual = new List<(int Hour, double Expected, double Chance)>();
        foreach (var (start, _, count) in seen)
        {
            var hour = (int)(start - first).TotalHours;
            var found = Judged(before, hour, count);
            if (found is { } how) unusual.Add((hour, how.Expected, how.Chance));
            before.Add((hour, found is { } busy ? Math.Min(count, 10 + 2 * busy.Expected) : count));
        }
        var run = NewestRun(unusual);
        if (run.Count == 0 || first.AddHours(run[0].Hour) <= now.AddHours(-24)) return null;
        var since = first.AddHours(run[^1].Hour);
        return new(
            since, run.Count, seen.Where(bar => bar.Hour >= since && bar.Hour <= first.AddHours(run[0].Hour))
                .Aggregate(0UL, (sum, bar) => sum + bar.Count),
            (long)Math.Round(Enumerable.Reverse(run).Sum(each => each.Expected) * 1000), OneInOf(run.Min(each => each.Chance)));
    }

    // Newest first.
    private static List<(int Hour, double Expected, double Chance)> NewestRun(List<(int Hour, double Expected, double Chance)> unusual)
    {
        var run = new List<(int Hour, double Expected, double Chance)>();
        foreach (var each in Enumerable.Reverse(unusual))
        {
            if (run.Count > 0 && run[^1].Hour != each.Hour + 1) break;
            run.Add(each);
        }
        return run;
    }

    private static (double Expected, double Chance)? Judged(List<(int Hour, double Counted)> before, int hour, ulong count)
    {
        if (count < 10 || hour < 72) return null;
        var hours = Enumerable.Range(0, hour).Sum(WeightOf);
        var mean = before.Sum(each => WeightOf(each.Hour) * each.Counted) / hours;
        var squares = before.Sum(each => WeightOf(each.Hour) * each.Counted * each.Counted) / hours;
        var expected = (mean * hours + 0.5) / (hours + 24);
        if (count < 2 * expected) return null;
        var variance = Math.Max(squares - mean * mean, 6 * expected) * (1 + 1 / hours) + expected * expected / 20;
        var chance = Chance(count, expected, variance);
        return chance <= 0.0001 ? (expected, chance) : null;

        double WeightOf(int earlier) => Math.Pow(2, -(hour - 1 - earlier) / 168.0);
    }

    // Of a negative binomial count.
    private static double Chance(double count, double mean, double variance)
    {
        var unit = Math.Max(1, count / 1000);
        var (many, average) = ((int)Math.Ceiling(count / unit), mean / unit);
        var spread = Math.Min(Math.Max(variance / unit / unit, 6 * average), 1000 * average);
        var failures = average * average / (spread - average);
        var success = 1 - average / spread;
        var logarithm = failures * Math.Log(average / spread) + many * Math.Log(success);
        for (var i = 1; i <= many; i++) logarithm += Math.Log((failures + i - 1) / i);
        // The tail is one minus a share of a series whose terms fall: added until nothing comes any more.
        var (sum, term) = (0.0, Math.Exp(logarithm));
        for (var k = many; sum + term > sum && term > sum * 1e-17; k++)
        {
            sum += term;
            term *= success * (k + failures) / (k + 1);
        }
        return sum;
    }

    private static long OneInOf(double chance)
    {
        for (var oneIn = 1_000_000_000L; oneIn > 10_000; oneIn /= 10)
            if (chance <= 1.0 / oneIn) return oneIn;
        return 10_000;
    }
}
