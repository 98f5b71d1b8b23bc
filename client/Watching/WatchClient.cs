using System.Runtime.CompilerServices;
using CrossBorderSoc.Client.Pushing;
using CrossBorderSoc.V1;
using Grpc.Core;

namespace CrossBorderSoc.Client.Watching;

/// <summary>Watches as one caller, over broken connections and restarts of the grid: it goes on at the newest cursor.</summary>
/// <param name="invoker">The connection to the grid.</param>
/// <param name="token">The caller's token.</param>
/// <param name="time">The clock of pauses.</param>
public sealed class WatchClient(CallInvoker invoker, string token, TimeProvider time)
{
    private readonly WatchService.WatchServiceClient watches = new(invoker);
    private readonly Metadata headers = new() { { "authorization", $"Bearer {token}" } };

    /// <summary>Every message of a watch, changes and signs of life, as they arrive; some changes may come twice.</summary>
    /// <param name="request">What to watch, and from where.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">The grid refuses the watch, or is away for too long.</exception>
    public async IAsyncEnumerable<WatchResponse> WatchAsync(
        WatchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (retries, next) = (new RetryBudget(new PushOptions(), time), new WatchRequest(request));
        while (true)
        {
            var connectedAt = time.GetTimestamp();
            using var call = watches.Watch(next, headers, cancellationToken: cancellation);
            while (await ReadAsync(call, retries, connectedAt, cancellation) is { } message)
            {
                // A sign of life alone is none of progress: a watch that fails after each is given up, too.
                if (message.ChangeCase != WatchResponse.ChangeOneofCase.None || message.Cursor != next.Cursor) retries.Progress();
                next.Cursor = message.Cursor;
                yield return message;
            }
        }
    }

    // The next message; null, after a pause, when the watch is to begin again.
    private async Task<WatchResponse?> ReadAsync(
        AsyncServerStreamingCall<WatchResponse> call, RetryBudget retries, long connectedAt, CancellationToken cancellation)
    {
        try
        {
            if (await call.ResponseStream.MoveNext(cancellation)) return call.ResponseStream.Current;
            throw new RpcException(new Status(StatusCode.Unavailable, "The grid ended the watch."));
        }
        catch (RpcException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (RpcException broken) when (retries.NextPause(broken, connectedAt) is { } pause)
        {
            await Task.Delay(pause, time, cancellation);
            return null;
        }
    }
}
