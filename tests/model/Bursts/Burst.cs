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
        // Hours without anything add nothing to sums. What is unusual is counted as less.
        var counts = seen.Select(bar => bar.Count).ToArray();
        var counted = counts.Select(count => (double)count).ToArray();
        var hours = seen.Select(bar => (int)(bar.Hour - first).TotalHours).ToArray();
        (int From, int To, double Expected, double Chance)? run = null;
        for (var i = 0; i < seen.Count; i++)
        {
            if (Judged(i, hours, counted, counts) is not { } found) continue;
            for (var j = found.From; j <= i; j++) counted[j] = Math.Min(counted[j], 10 + 6 * found.Expected);
            run = run is { } before && before.To >= hours[found.From] - 1
                ? (before.From, hours[i], before.Expected + found.Expected * (hours[i] - before.To), Math.Min(before.Chance, found.Chance))
                : (hours[found.From], hours[i], found.Expected * (hours[i] - hours[found.From] + 1), found.Chance);
        }
        if (run is not { } newest || first.AddHours(newest.To) <= now.AddHours(-24)) return null;
        var since = first.AddHours(newest.From);
        return new(
            since, newest.To - newest.From + 1,
            seen.Where(bar => bar.Hour >= since && bar.Hour <= first.AddHours(newest.To)).Aggregate(0UL, (sum, bar) => sum + bar.Count),
            (long)Math.Round(newest.Expected * 1000), OneInOf(newest.Chance));
    }

    // By the hours that lie six or more back: the hour alone, then six together.
    private static (int From, double Expected, double Chance)? Judged(int at, int[] hours, double[] counted, ulong[] counts)
    {
        var hour = hours[at];
        if (hour < 72 || Enumerable.Range(0, at + 1).Where(i => hours[i] > hour - 6).Sum(i => (double)counts[i]) < 10) return null;
        var known = Enumerable.Range(0, hour - 5).Sum(WeightOf);
        var before = Enumerable.Range(0, at).Where(i => hours[i] <= hour - 6).ToList();
        var mean = before.Sum(i => WeightOf(hours[i]) * counted[i]) / known;
        var squares = before.Sum(i => WeightOf(hours[i]) * counted[i] * counted[i]) / known;
        var expected = (mean * known + 0.5) / (known + 24);
        foreach (var window in (int[])[1, 6])
        {
            var within = Enumerable.Range(0, at + 1).Where(i => hours[i] > hour - window).ToList();
            var count = within.Sum(i => (double)counts[i]);
            if (count < 10 || count < 2 * window * expected) continue;
            var variance = window * Math.Max(squares - mean * mean, 6 * expected) * (1 + window / known)
                + window * window * expected * expected / 20;
            var chance = 2 * Chance(count, window * expected, variance);
            if (chance <= 0.0001) return (within[0], expected, chance);
        }
        return null;

        double WeightOf(int earlier) => Math.Pow(2, -(hour - 6 - earlier) / 168.0);
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
