using System.Runtime.CompilerServices;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Ndjson;
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
        return totals.Result with { Unacknowledged = window.Sightings, Failure = failure is null ? null : GridFailure.Of(failure) };
    }
    /// <summary>Pushes the rows of a file that must all be of one owner; others are refused here, with their line.</summary>
    /// <param name="rows">The rows; one without an owner is taken to be of this one.</param>
    /// <param name="owner">Whose token this client has.</param>
    /// <param name="observer">Is told of each acknowledgement and refusal; may be null.</param>
    /// <param name="cancellation">Ends the push; what was acknowledged by then stays.</param>
    /// <exception cref="OperationCanceledException">The push was cancelled.</exception>
    public async Task<PushResult> PushAsync(
        IAsyncEnumerable<NdjsonRow> rows, string owner, IPushObserver? observer, CancellationToken cancellation)
    {
        var totals = new PushTotals(observer);
        var result = await PushAsync(OwnRowsAsync(rows, owner, totals, cancellation), totals, cancellation);
        return result with { Refused = totals.Result.Refused };
    }

    private static async IAsyncEnumerable<NumberedSighting> OwnRowsAsync(
        IAsyncEnumerable<NdjsonRow> rows,
        string owner,
        PushTotals totals,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (row.Sighting is not { } sighting) totals.Refused(row.Refusal!);
            else if (row.Owner.Length == 0 || row.Owner == owner) yield return new(row.Line, sighting);
            else
                totals.Refused(new(
                    row.Line, sighting.Id, "owner", "OWNER_MISMATCH", $"The row is of {row.Owner}, the push of {owner}."));
        }
    }
}
