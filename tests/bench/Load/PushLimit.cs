using System.Diagnostics;

namespace CrossBorderSoc.Tests.Bench.Load;

/// <summary>When the lanes of a round stop sending: after a time, or after a number of batches.</summary>
internal sealed class PushLimit(TimeSpan duration, long batches = long.MaxValue)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _left = batches;

    /// <summary>Since the beginning.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Whether one more batch is to be sent.</summary>
    public bool Take() => Elapsed < duration && Interlocked.Decrement(ref _left) >= 0;
}
