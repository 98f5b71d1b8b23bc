using Grpc.Core;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>Watches at a <see cref="RunningGateway"/>, and reads what is told.</summary>
internal static class Watching
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static AsyncServerStreamingCall<V1.WatchResponse> Watch(
        this RunningGateway gateway, V1.WatchRequest request, Metadata? caller = null) =>
        new V1.WatchService.WatchServiceClient(gateway.Channel).Watch(request, caller ?? gateway.As("nsoc.be"), cancellationToken: Cancellation);

    /// <summary>The next message, signs of life among them.</summary>
    public static async Task<V1.WatchResponse> Next(this AsyncServerStreamingCall<V1.WatchResponse> watch) =>
        await watch.ResponseStream.MoveNext(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation)
            ? watch.ResponseStream.Current : throw new InvalidOperationException("The watch ended.");

    /// <summary>The next change; a busy machine may bring signs of life before it.</summary>
    public static async Task<V1.WatchResponse> NextChange(this AsyncServerStreamingCall<V1.WatchResponse> watch)
    {
        V1.WatchResponse message;
        do message = await watch.Next();
        while (message.ChangeCase == V1.WatchResponse.ChangeOneofCase.None);
        return message;
    }
}
