using System.Threading.Channels;
using CrossBorderSoc.V1;
using Grpc.Core;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>One stream to the grid: first what is unacknowledged, then new batches as the window allows.</summary>
internal sealed class PushConnection(
    SightingService.SightingServiceClient service,
    string token,
    PushWindow window,
    ChannelReader<OutgoingBatch> batches,
    PushTotals totals,
    RetryBudget retry)
{
    /// <summary>Null when the source ended and all was acknowledged, else why the stream broke.</summary>
    public async Task<RpcException?> RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var headers = new Metadata { { "authorization", $"Bearer {token}" } };
        using var call = service.Push(headers, cancellationToken: stop.Token);
        var writing = WriteAsync(call.RequestStream, stop.Token);
        var failure = await ReadAsync(call.ResponseStream, stop.Token);
        // The reader knows how the stream ended; a writer that failed has only seen a consequence of it.
        await stop.CancelAsync();
        var wroteAll = await writing;
        if (failure is not null) return failure;
        return wroteAll && window.Batches == 0
            ? null
            : new RpcException(new Status(StatusCode.Unavailable, "the grid closed the stream before its end"));
    }

    private async Task<bool> WriteAsync(IClientStreamWriter<SightingBatch> stream, CancellationToken cancellation)
    {
        try
        {
            foreach (var batch in window.Snapshot())
            {
                totals.Resent(batch.Count);
                await stream.WriteAsync(batch.Message, cancellation);
            }
            while (await NextAsync(cancellation) is { } batch) await stream.WriteAsync(batch.Message, cancellation);
            await stream.CompleteAsync();
            return true;
        }
        catch (Exception e) when (e is RpcException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // A write under way when the grid closes its connection gets the transport's own exception, not an RpcException.
            return false;
        }
    }

    private async Task<OutgoingBatch?> NextAsync(CancellationToken cancellation)
    {
        OutgoingBatch? next = null;
        await window.TakeSlotAsync(cancellation);
        try
        {
            if (await batches.WaitToReadAsync(cancellation) && batches.TryRead(out next)) window.Hold(next);
            return next;
        }
        finally
        {
            if (next is null) window.ReturnSlot();
        }
    }

    private async Task<RpcException?> ReadAsync(IAsyncStreamReader<BatchAck> stream, CancellationToken cancellation)
    {
        try
        {
            while (await stream.MoveNext(cancellation))
            {
                if (window.Settle(stream.Current) is not { } batch)
                    return new RpcException(new Status(
                        StatusCode.DataLoss, $"acknowledgement {stream.Current.Sequence} fits no batch that was sent"));
                retry.Progress();
                Report(stream.Current, batch);
            }
            return null;
        }
        catch (RpcException e)
        {
            return e;
        }
    }

    private void Report(BatchAck ack, OutgoingBatch batch)
    {
        foreach (var rejection in ack.Rejections)
            totals.Refused(new(
                batch.Line((int)rejection.Index),
                rejection.SightingId,
                rejection.Field,
                rejection.ReasonCode,
                rejection.Message));
        totals.Acknowledged(new((int)ack.Accepted, (int)ack.Duplicates, ack.Rejections.Count, batch.Bytes));
    }
}
