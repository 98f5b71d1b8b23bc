namespace CrossBorderSoc.Contracts.Bursts;

/// <summary>Every number of the detector of bursts, in one place (docs/bursts.md has the why of each).</summary>
public static class BurstConstants
{
    /// <summary>
    /// How often an hour of a steady subject is called unusual by mistake: at most once in so many hours, per subject. What is shown as
    /// <see cref="Burst.OneIn"/> is at least this.
    /// </summary>
    public const long HoursPerFalseAlarm = 10_000;

    /// <summary>Greatest number that is told of how rare an hour is: beyond, no estimate is worth its digits.</summary>
    public const long OneInMax = 1_000_000_000;

    /// <summary>After so many hours an hour counts half as much for what is expected (7 days, so that a week is a week).</summary>
    public const int HalfLifeHours = 7 * 24;

    /// <summary>Nothing is unusual before so many hours since the first hour in which the subject was seen.</summary>
    public const int HistoryHoursMin = 3 * 24;

    /// <summary>How many hours are looked at together, in turn: one, and six, in which a burst shows that grows slowly.</summary>
    public static ReadOnlySpan<int> WindowHours => [1, WindowHoursMax];

    /// <summary>The most of <see cref="WindowHours"/>.</summary>
    public const int WindowHoursMax = 6;

    /// <summary>Fewer together are never unusual.</summary>
    public const long CountMin = 10;

    /// <summary>Less than so many times what is expected is never unusual, however exactly it is known.</summary>
    public const int RatioMin = 2;

    /// <summary>An unusual hour enters the history as at most <see cref="CountMin"/> and so many times what is expected.</summary>
    public const int BusyTimes = 6;

    /// <summary>So long an hour that was unusual is told of, itself included.</summary>
    public const int ToldHours = 24;

    // Sightings of one event come together, by several organisations and with counts: never less spread than so many times Poisson's.
    internal const double DispersionMin = 6;

    // Nor more: a single event of long ago says nothing of how rare a smaller one is.
    internal const double DispersionMax = 1_000;

    // Rates move by themselves, by about a fifth (the root of one twentieth) at least.
    internal const double RelativeVariance = 1.0 / 20;

    // What is expected of a subject before anything is known of it: so many, seen in so many hours.
    internal const double PriorCount = 0.5;
    internal const double PriorHours = 24;

    // Larger counts are judged in coarser units, which makes them the less unusual.
    internal const double UnitsMax = 1_000;
}
