using CrossBorderSoc.Gateway.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Gateway.Identity;

/// <summary>
/// Stands before every method of every service: admits the caller, and turns each failure into a status. A new service
/// is closed by default; what is open stands in <see cref="IsOpen"/>.
/// </summary>
public sealed class Authentication(CallerGate gate, ILogger<Authentication> log) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = null;
        await Run(context, async () => response = await continuation(request, context));
        return response!;
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = null;
        await Run(context, async () => response = await continuation(requestStream, context));
        return response!;
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        Run(context, () => continuation(request, responseStream, context));

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        Run(context, () => continuation(requestStream, responseStream, context));

    private async Task Run(ServerCallContext context, Func<Task> call)
    {
        try
        {
            if (!IsOpen(context.Method)) gate.Admit(context.RequestHeaders).AttachTo(context);
            await call();
        }
        catch (Exception failure)
        {
            // What a cancelled call ended with goes nowhere: the server would log it whole.
            throw context.CancellationToken.IsCancellationRequested ? Refused.Cancelled() : GridErrors.ToStatus(failure, log);
        }
    }

    // Health is open; reflection is mapped in development only (GatewayHosting).
    private static bool IsOpen(string method) =>
        method.StartsWith("/grpc.health.v1.Health/", StringComparison.Ordinal)
        || method.StartsWith("/grpc.reflection.", StringComparison.Ordinal);
}
