using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CrossBorderSoc.Tests.Unit.Client;

/// <summary>
/// The second write of the first stream is under way when the grid closes the connection: it fails with what the transport
/// throws then, which is no <see cref="RpcException"/>.
/// </summary>
internal sealed class WriteMeetsTheEnd(Task closed) : Interceptor
{
    private readonly TaskCompletionSource begun = new();
    private int streams;
    private int writes;

    /// <summary>The write is under way.</summary>
    public Task Begun => begun.Task;

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(context);
        return Interlocked.Increment(ref streams) > 1 ? call : new(
            new Writer<TRequest>(call.RequestStream, Written),
            call.ResponseStream,
            call.ResponseHeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    private async Task Written()
    {
        if (Interlocked.Increment(ref writes) != 2) return;
        begun.SetResult();
        await closed;
        throw new HttpProtocolException(0, "The HTTP/2 server closed the connection.", null);
    }

    private sealed class Writer<T>(IClientStreamWriter<T> inner, Func<Task> before) : IClientStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public async Task WriteAsync(T message)
        {
            await before();
            await inner.WriteAsync(message);
        }

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            await before();
            await inner.WriteAsync(message, cancellationToken);
        }

        public Task CompleteAsync() => inner.CompleteAsync();
    }
}
