namespace CrossBorderSoc.Contracts.Bursts;

/// <summary>That an hour, or the hours up to it, are unusual.</summary>
/// <param name="Hours">How many hours: the hour itself, and those before it from the first on in which something was seen.</param>
/// <param name="Expected">What was expected of each.</param>
/// <param name="Chance">How likely so many, or more, were.</param>
internal readonly record struct UnusualHours(int Hours, double Expected, double Chance);

/// <summary>
/// What is known of a subject's hours so far: how many there were, their sum and the sum of their squares, each hour counting the less
/// the older it is; the newest hours wait until no window reaches back to them. Takes the hours in which something was seen in their
/// order; those between were without.
/// </summary>
internal sealed class BurstHistory
{
    // 2 to the power of -1 / half-life.
    private static readonly double Kept = Math.Pow(0.5, 1.0 / BurstConstants.HalfLifeHours);

    private readonly Waiting[] _waiting = new Waiting[BurstConstants.WindowHoursMax];
    private int _waitingCount;
    private bool _hasBegun;
    private long _first;
    private long _next;
    private double _hours;
    private double _sum;
    private double _squares;

    /// <summary>Adds an hour, and says whether it, or what led to it, was unusual after the hours before.</summary>
    public UnusualHours? Add(long hour, long count)
    {
        if (!_hasBegun) (_hasBegun, _first, _next) = (true, hour, hour);
        TakeIn(hour - BurstConstants.WindowHoursMax + 1);
        _waiting[_waitingCount++] = new(hour, count, count);
        if (hour - _first < BurstConstants.HistoryHoursMin) return null;
        var expected = (_sum + BurstConstants.PriorCount) / (_hours + BurstConstants.PriorHours);
        foreach (var window in BurstConstants.WindowHours)
            if (Judge(hour, window, expected) is { } unusual) return unusual;
        return null;
    }

    private UnusualHours? Judge(long hour, int window, double expected)
    {
        var from = _waitingCount - 1;
        double count = _waiting[from].Count;
        while (from > 0 && _waiting[from - 1].Hour > hour - window) count += _waiting[--from].Count;
        if (count < BurstConstants.CountMin || count < BurstConstants.RatioMin * window * expected) return null;
        var mean = _sum / _hours;
        var spread = Math.Max(_squares / _hours - mean * mean, BurstConstants.DispersionMin * expected);
        // What is known of the rate is known of so many hours only; and the rate moves by itself.
        var variance = window * spread * (1 + window / _hours)
            + window * expected * window * expected * BurstConstants.RelativeVariance;
        var looks = BurstConstants.WindowHours.Length;
        if (BurstChance.OfAtLeast(count, window * expected, variance, 1.0 / BurstConstants.HoursPerFalseAlarm / looks) is not { } chance)
            return null;
        // Unusual hours must not make the next ones usual at once: they count as busy ones.
        var busy = BurstConstants.CountMin + BurstConstants.BusyTimes * expected;
        for (var i = from; i < _waitingCount; i++)
            _waiting[i] = _waiting[i] with { Counted = Math.Min(_waiting[i].Counted, busy) };
        return new((int)(hour - _waiting[from].Hour) + 1, expected, chance * looks);
    }

    // The hours before one, those without anything included.
    private void TakeIn(long before)
    {
        var taken = 0;
        for (; taken < _waitingCount && _waiting[taken].Hour < before; taken++)
        {
            Pass(_waiting[taken].Hour - _next);
            var counted = _waiting[taken].Counted;
            _hours = _hours * Kept + 1;
            _sum = _sum * Kept + counted;
            _squares = _squares * Kept + counted * counted;
            _next = _waiting[taken].Hour + 1;
        }
        _waitingCount -= taken;
        Array.Copy(_waiting, taken, _waiting, 0, _waitingCount);
        if (before > _next) Pass(before - _next);
        _next = Math.Max(_next, before);
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

    private readonly record struct Waiting(long Hour, long Count, double Counted);
}
