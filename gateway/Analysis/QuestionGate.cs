using CrossBorderSoc.Gateway.Identity;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>Stands before every method that answers questions, behind <see cref="Authentication"/>: bounds how many one organisation
/// asks at once.</summary>
internal sealed class QuestionGate(QuestionShares shares) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        using var share = await Take(context, weight: 1);
        return await continuation(request, context);
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var share = await Take(context, QuestionShares.OfStream);
        await continuation(request, responseStream, context);
    }

    private ValueTask<IDisposable> Take(ServerCallContext context, int weight) =>
        shares.Take(Caller.Of(context).Organisation.Id, weight, context.CancellationToken);
}
