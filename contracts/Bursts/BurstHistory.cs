namespace CrossBorderSoc.Contracts.Bursts;

/// <summary>An hour that is unusual.</summary>
/// <param name="Expected">What was expected of it.</param>
/// <param name="Chance">How likely it, or more, was.</param>
internal readonly record struct UnusualHour(double Expected, double Chance);

/// <summary>
/// What is known of a subject's hours so far: how many there were, their sum and the sum of their squares, each hour counting the less
/// the older it is. Takes the hours in which something was seen in their order; those between were without. A mutable struct.
/// </summary>
internal struct BurstHistory
{
    // 2 to the power of -1 / half-life.
    private static readonly double Kept = Math.Pow(0.5, 1.0 / BurstConstants.HalfLifeHours);

    private bool _hasBegun;
    private long _first;
    private long _next;
    private double _hours;
    private double _sum;
    private double _squares;

    /// <summary>Adds an hour, and says whether it was unusual after those before it.</summary>
    public UnusualHour? Add(long hour, long count)
    {
        if (!_hasBegun) (_hasBegun, _first, _next) = (true, hour, hour);
        Pass(hour - _next);
        var unusual = Judge(hour, count);
        // An unusual hour must not make the next one usual at once: it counts as a busy one.
        var counted = unusual is { } busy
            ? Math.Min(count, BurstConstants.CountMin + BurstConstants.RatioMin * busy.Expected)
            : count;
        _hours = _hours * Kept + 1;
        _sum = _sum * Kept + counted;
        _squares = _squares * Kept + counted * counted;
        _next = hour + 1;
        return unusual;
    }

    // Hours without anything.
    private void Pass(long hours)
    {
        if (hours == 0) return;
        var kept = Math.Pow(Kept, hours);
        _hours = _hours * kept + (1 - kept) / (1 - Kept);
        _sum *= kept;
        _squares *= kept;
    }

    private readonly UnusualHour? Judge(long hour, long count)
    {
        if (count < BurstConstants.CountMin || hour - _first < BurstConstants.HistoryHoursMin) return null;
        var expected = (_sum + BurstConstants.PriorCount) / (_hours + BurstConstants.PriorHours);
        if (count < BurstConstants.RatioMin * expected) return null;
        var mean = _sum / _hours;
        var spread = Math.Max(_squares / _hours - mean * mean, BurstConstants.DispersionMin * expected);
        // What is known of the rate is known of so many hours only; and the rate moves by itself.
        var variance = spread * (1 + 1 / _hours) + expected * expected * BurstConstants.RelativeVariance;
        var chance = BurstChance.OfAtLeast(count, expected, variance, 1.0 / BurstConstants.HoursPerFalseAlarm);
        return chance is { } rare ? new(expected, rare) : null;
    }
}
