namespace CrossBorderSoc.Tests.Bench.Reporting;

/// <summary>The middle of some figures; of an even number, the mean of the two in the middle.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        if (sorted.Length == 0) throw new ArgumentException("BUG: no figures.", nameof(figures));
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
