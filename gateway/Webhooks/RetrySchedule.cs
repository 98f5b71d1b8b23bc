namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>
/// When a delivery that failed is tried again: after 1, 2, 4 … seconds, at most 10 minutes, of which chance takes up to half, so that gateways do not
/// meet at a target that comes back; or later, if the target says so, at most an hour. After so many attempts, or so long, it is given up.
/// </summary>
/// <param name="attempts">After how many failed attempts it is given up.</param>
/// <param name="age">After how long since the first.</param>
/// <param name="chance">0 to 1, drawn anew each time.</param>
/// <param name="time">The clock.</param>
internal sealed class RetrySchedule(int attempts, TimeSpan age, Func<double> chance, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    private long _firstFailure;

    /// <summary>How many attempts have failed since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>Counts an attempt that failed.</summary>
    /// <param name="asked">How long the target asks to wait; null when it does not.</param>
    /// <returns>How long to wait; null when it is given up.</returns>
    public TimeSpan? Failed(TimeSpan? asked)
    {
        if (Failures++ == 0) _firstFailure = time.GetTimestamp();
        if (Failures >= attempts || time.GetElapsedTime(_firstFailure) >= age) return null;
        var usual = WaitAfter(Failures, First, Longest, chance());
        var wanted = asked < LongestAsked ? asked.Value : asked is null ? TimeSpan.Zero : LongestAsked;
        return wanted > usual ? wanted : usual;
    }

    /// <summary>Starts anew: something was delivered, or given up.</summary>
    public void Reset() => Failures = 0;

    /// <summary>How long to wait after so many failures in a row, at least one.</summary>
    public static TimeSpan WaitAfter(int failures, TimeSpan first, TimeSpan longest, double chance)
    {
        var doubled = first * Math.Pow(2, Math.Min(failures - 1, 30));
        return (doubled < longest ? doubled : longest) * (1 - chance / 2);
    }
}
