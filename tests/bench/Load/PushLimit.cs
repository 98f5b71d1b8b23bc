using System.Diagnostics;

namespace CrossBorderSoc.Tests.Bench.Load;

/// <summary>When the lanes of a round stop sending: after a time, or after a number of batches; and at most how many a second.</summary>
internal sealed class PushLimit(TimeSpan duration, long batches = long.MaxValue, double batchesPerSecond = double.PositiveInfinity)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _left = batches;
    private long _paced;

    /// <summary>Since the beginning.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Waits for the next batch's turn.</summary>
    public async Task Pace()
    {
        if (double.IsPositiveInfinity(batchesPerSecond)) return;
        var left = TimeSpan.FromSeconds((Interlocked.Increment(ref _paced) - 1) / batchesPerSecond) - Elapsed;
        if (left < TimeSpan.FromMilliseconds(1)) return;
        using var timer = new PeriodicTimer(left);
        await timer.WaitForNextTickAsync();
    }

    /// <summary>Whether one more batch is to be sent.</summary>
    public bool Take() => Elapsed < duration && Interlocked.Decrement(ref _left) >= 0;
}
