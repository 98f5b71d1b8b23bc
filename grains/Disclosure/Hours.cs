namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>Instants (Unix milliseconds UTC) cut to the hour.</summary>
public static class Hours
{
    /// <summary>Milliseconds of an hour.</summary>
    public const long Length = 3_600_000;

    /// <summary>The start of the hour that an instant lies in.</summary>
    public static long Floor(long instant)
    {
        var rest = instant % Length;
        if (rest == 0) return instant;
        var back = rest > 0 ? rest : rest + Length;
        return instant < long.MinValue + back ? long.MinValue : instant - back;
    }

    /// <summary>
    /// The instant itself when an hour starts there, else the next start; the greatest instant when there is none.
    /// </summary>
    public static long Ceiling(long instant)
    {
        var rest = instant % Length;
        if (rest == 0) return instant;
        var on = rest > 0 ? Length - rest : -rest;
        return instant > long.MaxValue - on ? long.MaxValue : instant + on;
    }
}
