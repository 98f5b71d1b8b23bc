using System.Threading.Channels;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.V1;
using Grpc.Core;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>One push: reads and cuts the source once, over as many connections as it takes.</summary>
internal sealed class PushSession(
    SightingService.SightingServiceClient service,
    string token,
    PushWindow window,
    PushTotals totals,
    PushOptions options,
    TimeProvider time)
{
    private static readonly TimeSpan LeaveSourceAfter = TimeSpan.FromSeconds(1);

    private readonly RetryBudget retry = new(options, time);

    // Connections come and go; the batch between source and window waits here, so that none is lost or cut twice.
    private readonly Channel<OutgoingBatch> batches = Channel.CreateBounded<OutgoingBatch>(1);

    /// <summary>Null when all was acknowledged, else the failure that ended the push.</summary>
    public async Task<RpcException?> RunAsync(
        IAsyncEnumerable<NumberedSighting> source, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batching = Task.Run(
            () => new Batcher(options, time, batches.Writer).RunAsync(source, stop.Token), CancellationToken.None);
        try
        {
            var failure = await ConnectAsync(stop.Token);
            if (failure is not null) return failure;
            await batching;
            return null;
        }
        finally
        {
            await stop.CancelAsync();
            // A terminal's read cannot be cancelled: such a source is left behind rather than waited for.
            await Task.WhenAny(batching, Task.Delay(LeaveSourceAfter, time, CancellationToken.None));
        }
    }

    private async Task<RpcException?> ConnectAsync(CancellationToken cancellation)
    {
        // Nothing to send means nothing to connect for: an idle sensor does not retry against a grid that is away.
        while (window.Batches > 0 || await batches.Reader.WaitToReadAsync(cancellation))
        {
            var connectedAt = time.GetTimestamp();
            var failure = await new PushConnection(service, token, window, batches.Reader, totals, retry)
                .RunAsync(cancellation);
            if (failure is null) continue;
            cancellation.ThrowIfCancellationRequested();
            if (retry.NextPause(failure, connectedAt) is not { } pause) return failure;
            totals.Interrupted(new(GridFailure.Of(failure), pause, window.Sightings));
            await Task.Delay(pause, time, cancellation);
        }
        return null;
    }
}
