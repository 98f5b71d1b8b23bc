using CrossBorderSoc.V1;
using Grpc.Core;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>
/// Pushes sightings of one owner over one stream. Whatever is not acknowledged when a connection breaks is sent again on
/// the next one, which is safe: the grid counts what it has as duplicates.
/// </summary>
/// <param name="invoker">The connection to the grid.</param>
/// <param name="token">The owner's token, sent as <c>authorization: Bearer …</c>.</param>
/// <param name="options">Sizes and patience.</param>
/// <param name="time">The clock of pauses.</param>
public sealed class PushClient(CallInvoker invoker, string token, PushOptions options, TimeProvider time)
{
    /// <summary>
    /// Pushes a stream to its end. Reads ahead of the grid's acknowledgements by the window, two batches and one sighting,
    /// never more.
    /// </summary>
    /// <param name="source">The sightings, in the order in which they are to be accepted.</param>
    /// <param name="observer">Is told of each acknowledgement and refusal; may be null.</param>
    /// <param name="cancellation">Ends the push; what was acknowledged by then stays.</param>
    /// <returns>The counts, and why the push ended early if it did. Errors of the grid are results, not exceptions.</returns>
    /// <exception cref="OperationCanceledException">The push was cancelled.</exception>
    public async Task<PushResult> PushAsync(
        IAsyncEnumerable<NumberedSighting> source, IPushObserver? observer, CancellationToken cancellation)
    {
        var totals = new PushTotals(observer);
        using var window = new PushWindow(options.WindowBatches);
        var service = new SightingService.SightingServiceClient(invoker);
        var session = new PushSession(service, token, window, totals, options, time);
        var failure = await session.RunAsync(source, cancellation);
        return totals.Result with { Unacknowledged = window.Sightings, Failure = failure?.Status };
    }
}
