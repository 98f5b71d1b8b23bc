using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Contracts.Bursts;

/// <summary>
/// That more was seen of a subject than is usual for this time (docs/bursts.md): the newest run of unusual hours. A function of a
/// disclosed histogram and the full hour, and of nothing else.
/// </summary>
/// <param name="Since">Start of its first hour; Unix milliseconds UTC.</param>
/// <param name="Hours">How many hours in a row, at least 1.</param>
/// <param name="Observed">How many were seen in them.</param>
/// <param name="Expected">How many were expected in them, by the hours before each; in thousandths, rounded to the nearest.</param>
/// <param name="OneIn">How rare its rarest hour, or hours up to it, are, other things being as before: at most one in so many. A power of ten, from
/// <see cref="BurstConstants.HoursPerFalseAlarm"/> to <see cref="BurstConstants.OneInMax"/>.</param>
public readonly record struct Burst(long Since, int Hours, long Observed, long Expected, long OneIn)
{
    private const long HourMilliseconds = 3_600_000;

    /// <summary>
    /// The newest burst that is still told of at an instant; null when there is none. The hour of the instant is held against what a
    /// full hour brings: it is unusual as soon as it holds more than that. Later hours do not count yet.
    /// </summary>
    /// <param name="histogram">Sorted by hour; of it the positive kind counts.</param>
    /// <param name="at">The instant of the question, in the grid's time; Unix milliseconds UTC.</param>
    public static Burst? Of(ImmutableArray<HourCount> histogram, long at)
    {
        var now = HourOf(at);
        var (history, newest) = (new BurstHistory(), default(Run));
        foreach (var cell in histogram)
        {
            var hour = HourOf(cell.Hour);
            if (cell.Kind != SightingKind.Positive) continue;
            if (hour > now) break;
            if (history.Add(hour, cell.Count) is { } unusual) newest = newest.And(hour, unusual);
        }
        return newest.Hours > 0 && newest.End > now - BurstConstants.ToldHours ? newest.ToBurst(histogram) : null;
    }

    private static long HourOf(long instant) =>
        instant / HourMilliseconds - (instant % HourMilliseconds < 0 ? 1 : 0);

    // Unusual hours in a row, so far.
    private readonly record struct Run(long End, int Hours, double Expected, double Chance)
    {
        public Run And(long hour, in UnusualHours unusual) => Hours > 0 && End >= hour - unusual.Hours
            ? new(hour, Hours + (int)(hour - End), Expected + (hour - End) * unusual.Expected, Math.Min(Chance, unusual.Chance))
            : new(hour, unusual.Hours, unusual.Hours * unusual.Expected, unusual.Chance);

        public Burst ToBurst(ImmutableArray<HourCount> histogram)
        {
            var (since, end) = ((End - Hours + 1) * HourMilliseconds, (End + 1) * HourMilliseconds);
            var observed = histogram.Where(cell => cell.Kind == SightingKind.Positive && cell.Hour >= since && cell.Hour < end)
                .Sum(cell => cell.Count);
            return new(since, Hours, observed, (long)Math.Round(Expected * 1_000), OneInOf(Chance));
        }

        private static long OneInOf(double chance)
        {
            var oneIn = BurstConstants.HoursPerFalseAlarm;
            while (oneIn < BurstConstants.OneInMax && chance * oneIn * 10 <= 1) oneIn *= 10;
            return oneIn;
        }
    }
}
