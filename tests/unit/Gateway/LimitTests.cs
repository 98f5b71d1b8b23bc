using System.Net.Sockets;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>What one client, or many, can make the gateway hold.</summary>
public sealed class LimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_LargerThanAnyMayBe_IsRefusedUnread()
    {
        await using var gateway = await RunningGateway.Start();
        var service = new V1.AnalysisService.AnalysisServiceClient(gateway.Channel);
        var error = await Should.ThrowAsync<RpcException>(async () => await service.GetIndicatorAsync(
            new() { Observable = new() { Type = "url", Value = new('x', 65 * 1024) } }, gateway.As("nsoc.be"), cancellationToken: Cancellation));
        error.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        gateway.Grid.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connections_OneTooMany_IsClosedAndOneThatEndedLeavesRoom()
    {
        await using var gateway = await RunningGateway.Start(("Gateway:Connections", "1"));
        var address = new Uri(gateway.GrpcAddress);
        using (var first = await Connect(address))
        {
            (await IsServed(first)).ShouldBeTrue();
            (await IsServed(address)).ShouldBeFalse();
            using var health = new HttpClient();
            (await health.GetAsync(gateway.HttpAddress + "/health/live", Cancellation)).IsSuccessStatusCode
                .ShouldBeTrue("another address has its own connections");
        }

        // The gateway learns a moment later that the first has ended.
        await Eventually.Holds(() => IsServed(address), "another connection is served");
    }

    [Fact]
    public async Task PushStreams_OneTooManyOfAll_IsUnavailable()
    {
        await using var gateway = await RunningGateway.Start(("Gateway:PushStreamsInAll", "1"));
        var service = new V1.SightingService.SightingServiceClient(gateway.Channel);
        using var first = service.Push(gateway.As("nsoc.be"), cancellationToken: Cancellation);
        await first.RequestStream.WriteAsync(Samples.Batch(1), Cancellation);
        await first.ResponseStream.MoveNext(Cancellation);
        using var second = service.Push(gateway.As("nsoc.de"), cancellationToken: Cancellation);
        (await Should.ThrowAsync<RpcException>(() => second.ResponseStream.MoveNext(Cancellation))).StatusCode
            .ShouldBe(StatusCode.Unavailable);
    }

    private static async Task<TcpClient> Connect(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancellation);
        return client;
    }

    // One that is closed at once may be told of while it still connects.
    private static async Task<bool> IsServed(Uri address)
    {
        try
        {
            using var client = await Connect(address);
            return await IsServed(client);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // A server of HTTP/2 greets with its settings once it has read the client's preface.
    private static async Task<bool> IsServed(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0"u8.ToArray(), Cancellation);
            return await client.GetStream().ReadAsync(new byte[1], Cancellation) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
