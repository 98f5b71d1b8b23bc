using CrossBorderSoc.Client.Access;
using Grpc.Core;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>Decides whether and when to connect again: pauses double, and what counts is time without progress.</summary>
internal sealed class RetryBudget(PushOptions options, TimeProvider time)
{
    private long? brokenSince;
    private int attempts;

    /// <summary>The grid acknowledged something: all is well again.</summary>
    public void Progress() => (brokenSince, attempts) = (null, 0);

    /// <summary>The pause before the next attempt, or null when the connection is to be given up.</summary>
    /// <param name="failure">Why the connection broke.</param>
    /// <param name="connectedAt">Time stamp at which it was opened.</param>
    public TimeSpan? NextPause(RpcException failure, long connectedAt)
    {
        if (!MayPass(failure)) return null;
        // A connection that idled for long was a good one, acknowledgements or not.
        if (time.GetElapsedTime(connectedAt) > options.RetryFor) Progress();
        brokenSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(brokenSince.Value) >= options.RetryFor) return null;
        var pause = options.PauseFirst * Math.Pow(2, Math.Min(attempts++, 16));
        return pause < options.PauseMax ? pause : options.PauseMax;
    }

    /// <summary>
    /// Whether the same call may succeed later: the grid is away, the connection broke, or streams of a process that vanished are still
    /// open; not a verdict.
    /// </summary>
    private static bool MayPass(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.Aborted or StatusCode.Cancelled => true,
        StatusCode.ResourceExhausted => GridFailure.Of(failure).Reason == GridFailure.TooManyStreams,
        _ => failure.Status.DebugException is IOException or HttpRequestException,
    };
}
