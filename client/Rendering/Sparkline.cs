using System.Globalization;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Counts by day as one line of bars. Two lines drawn over one span and one peak can be compared by eye.</summary>
/// <param name="FirstDay">First day, in days since 1970.</param>
/// <param name="LastDay">Last day, inclusive.</param>
/// <param name="DaysPerBar">Days that one bar sums; more than one where the line would not fit.</param>
/// <param name="Peak">The highest bar of all lines.</param>
internal sealed record Sparkline(long FirstDay, long LastDay, long DaysPerBar, ulong Peak)
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const string AsciiBars = ".:-=+*#%";

    /// <summary>The scale on which all of the lines fit; null when nothing was counted.</summary>
    public static Sparkline? Over(int barsMax, params SortedDictionary<long, ulong>[] lines)
    {
        var days = lines.SelectMany(line => line.Keys).ToList();
        if (days.Count == 0) return null;
        var (first, last) = (days.Min(), days.Max());
        var perBar = Math.Max(1, (last - first + barsMax) / Math.Max(1, barsMax));
        var scale = new Sparkline(first, last, perBar, 0);
        return scale with { Peak = lines.Max(line => scale.Sums(line).DefaultIfEmpty().Max()) };
    }

    /// <summary>The line of these counts.</summary>
    public string Draw(SortedDictionary<long, ulong> days, bool unicode)
    {
        var bars = unicode ? Bars : AsciiBars;
        var empty = unicode ? '·' : '_';
        return string.Concat(Sums(days).Select(sum => sum == 0 ? empty : bars[Height(sum, bars.Length)]));
    }

    /// <summary>"2026-07-21 to 2026-08-22, a bar is a day, the highest 34".</summary>
    public string Legend() =>
        $"{Date(FirstDay)} to {Date(LastDay)}, a bar is {(DaysPerBar == 1 ? "a day" : $"{DaysPerBar} days")}, "
        + $"the highest {Instants.Count(Peak)}";

    private ulong[] Sums(SortedDictionary<long, ulong> days)
    {
        var sums = new ulong[((LastDay - FirstDay) / DaysPerBar) + 1];
        foreach (var (day, count) in days) sums[(day - FirstDay) / DaysPerBar] += count;
        return sums;
    }

    /// <summary>The lowest bar is "some", the highest the peak.</summary>
    private int Height(ulong sum, int heights) => (int)((((UInt128)sum * (uint)heights) + Peak - 1) / Peak) - 1;

    private static string Date(long day) =>
        DateTimeOffset.UnixEpoch.AddDays(Math.Clamp(day, -700_000, 2_900_000))
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
