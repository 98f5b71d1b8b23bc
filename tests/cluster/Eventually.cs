using System.Diagnostics;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>The one place where a test waits: for a condition, with a bound.</summary>
internal static class Eventually
{
    public static Task Holds(Func<bool> condition, string what, TimeSpan within) =>
        Holds(() => Task.FromResult(condition()), what, within);

    public static async Task Holds(Func<Task<bool>> condition, string what, TimeSpan within)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > within) throw new TimeoutException($"It did not come about that {what}.");
            await timer.WaitForNextTickAsync();
        }
    }
}
