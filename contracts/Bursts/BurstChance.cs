namespace CrossBorderSoc.Contracts.Bursts;

/// <summary>
/// How likely a count is when the rate behind it is uncertain: the upper tail of the negative binomial distribution with a mean and a
/// variance (a Poisson count whose rate is Gamma distributed). Adds the tail itself, so that a small chance keeps its digits.
/// </summary>
internal static class BurstChance
{
    // Of the sum: what is left out of it.
    private const double Rest = 1e-9;

    /// <summary>The chance of so many or more; null where it is more than a bound.</summary>
    /// <param name="count">How many, at least twice the mean.</param>
    /// <param name="mean">The mean, above 0.</param>
    /// <param name="variance">The variance; taken as at least and at most the dispersions of <see cref="BurstConstants"/>.</param>
    /// <param name="bound">The greatest chance of interest.</param>
    public static double? OfAtLeast(double count, double mean, double variance, double bound)
    {
        var unit = Math.Max(1, count / BurstConstants.UnitsMax);
        (count, mean, variance) = (Math.Ceiling(count / unit), mean / unit, variance / (unit * unit));
        variance = Math.Clamp(variance, BurstConstants.DispersionMin * mean, BurstConstants.DispersionMax * mean);
        var shape = mean * mean / (variance - mean);
        var ratio = (variance - mean) / variance;
        var term = Math.Pow(mean / variance, shape);
        for (var k = 0.0; k < count; k++) term *= ratio * (k + shape) / (k + 1);
        var (sum, at) = (0.0, count);
        while (true)
        {
            sum += term;
            if (sum > bound) return null;
            var next = ratio * (at + shape) / (at + 1);
            // From here on every term is below the one before times this.
            var most = Math.Max(next, ratio);
            if (term * most <= sum * Rest * (1 - most)) return sum;
            term *= next;
            at++;
        }
    }
}
