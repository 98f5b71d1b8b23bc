using System.Threading.Channels;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Gateway.Push;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class PushTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static AsyncDuplexStreamingCall<V1.SightingBatch, V1.BatchAck> Open(RunningGateway gateway) =>
        new V1.SightingService.SightingServiceClient(gateway.Channel)
            .Push(gateway.As("nsoc.be"), cancellationToken: Cancellation);

    [Fact]
    public async Task Push_BatchesThatFinishOutOfOrder_AreAcknowledgedInOrder()
    {
        await using var gateway = await RunningGateway.Start();
        var first = new TaskCompletionSource<BatchOutcome>();
        var second = new TaskCompletionSource();
        gateway.Grid.OnAccept = (home, _, batch) =>
        {
            home.Code.ShouldBe("BE");
            if (batch.Count == 1) return first.Task;
            second.SetResult();
            return Task.FromResult(new BatchOutcome(batch.Count, 0, []));
        };
        using var call = Open(gateway);
        await call.RequestStream.WriteAsync(Samples.Batch(10, Samples.Sighting()), Cancellation);
        await call.RequestStream.WriteAsync(Samples.Batch(9, Samples.Sighting(), Samples.Sighting(2)), Cancellation);
        await second.Task;
        first.SetResult(new(0, 1, []));
        await call.RequestStream.CompleteAsync();

        var acks = await ReadAll(call);
        acks.Select(a => (a.Sequence, a.Accepted, a.Duplicates)).ShouldBe([(10ul, 0u, 1u), (9ul, 2u, 0u)]);
    }

    [Fact]
    public async Task Push_EmptyBatch_IsAcknowledgedWithZerosAndAsksNobody()
    {
        await using var gateway = await RunningGateway.Start();
        using var call = Open(gateway);
        await call.RequestStream.WriteAsync(Samples.Batch(3), Cancellation);
        await call.RequestStream.CompleteAsync();
        (await ReadAll(call)).ShouldBe([new V1.BatchAck { Sequence = 3 }]);
        gateway.Grid.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Push_StoreThatCannotWrite_EndsUnavailableAfterTheAcksBefore()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnAccept = (_, _, batch) => batch.Count == 2
            ? Task.FromException<BatchOutcome>(new GridUnavailableException("canary"))
            : Task.FromResult(new BatchOutcome(1, 0, []));
        using var call = Open(gateway);
        await call.RequestStream.WriteAsync(Samples.Batch(1, Samples.Sighting()), Cancellation);
        await call.RequestStream.WriteAsync(Samples.Batch(2, Samples.Sighting(), Samples.Sighting(2)), Cancellation);
        // The stream may have ended by then.
        await Record.ExceptionAsync(() => call.RequestStream.WriteAsync(Samples.Batch(3, Samples.Sighting()), Cancellation));

        (await call.ResponseStream.MoveNext(Cancellation)).ShouldBeTrue();
        call.ResponseStream.Current.Sequence.ShouldBe(1ul);
        var error = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));
        error.StatusCode.ShouldBe(StatusCode.Unavailable);
        error.ToString().ShouldNotContain("canary");
        error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason.ShouldBe("GRID_UNAVAILABLE");
    }

    [Fact]
    public async Task Push_StoreWhoseDiskIsFull_SaysSo()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnAccept = (_, _, _) => Task.FromException<BatchOutcome>(new StoreCannotWriteException());
        using var call = Open(gateway);
        await call.RequestStream.WriteAsync(Samples.Batch(1, Samples.Sighting()), Cancellation);
        var error = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));
        error.StatusCode.ShouldBe(StatusCode.Unavailable);
        error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason.ShouldBe("STORE_CANNOT_WRITE");
        error.Status.Detail.ShouldContain("store");
    }

    [Fact]
    public async Task Push_ClientThatReadsNoAcknowledgements_DoesNotHoldUpTheShutdown()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await RunningGateway.Start(time);
        using var call = Open(gateway);
        // Its acknowledgement names ten thousand refusals, which fills whatever lies between the two.
        var bad = Samples.Batch(1, Enumerable.Repeat(new V1.Sighting { Id = new('x', 60) }, 10_000));
        for (var i = 0; i < 8; i++) await call.RequestStream.WriteAsync(bad, Cancellation);
        await Eventually.Holds(() => gateway.HeldBytes > 0, "a batch waits for its acknowledgement to be written");
        await Eventually.StaysSo(() => gateway.HeldBytes > 0, "the client reads nothing");
        var stopping = gateway.Stop();
        await Eventually.Holds(() => gateway.IsStopping, "the gateway stops");
        stopping.IsCompleted.ShouldBeFalse("acknowledgements have a moment to leave");
        // That moment begins when the stop reaches the stream.
        using var ticks = new Timer(_ => time.Advance(PushEndpoint.EndsWithin), null, 0, 100);
        await stopping.WaitAsync(TimeSpan.FromSeconds(15), Cancellation);
    }

    [Theory]
    [InlineData("BATCH_TOO_MANY", "10000")]
    [InlineData("BATCH_TOO_LARGE", "4194304")]
    public async Task Push_BatchBeyondALimit_EndsInvalidAfterTheAcksBefore(string reason, string limit)
    {
        await using var gateway = await RunningGateway.Start();
        using var call = Open(gateway);
        await call.RequestStream.WriteAsync(Samples.Batch(1, Samples.Sighting()), Cancellation);
        var bad = reason == "BATCH_TOO_MANY"
            ? Samples.Batch(2, Enumerable.Repeat(new V1.Sighting(), 10_001))
            : Samples.Batch(2, new V1.Sighting { Description = new('x', 4 * 1024 * 1024) });
        await call.RequestStream.WriteAsync(bad, Cancellation);

        (await call.ResponseStream.MoveNext(Cancellation)).ShouldBeTrue();
        var error = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));
        error.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        var info = error.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        (info.Domain, info.Reason).ShouldBe(("crossbordersoc", reason));
        (info.Metadata["sequence"], info.Metadata["limit"]).ShouldBe(("2", limit));
    }

    [Fact]
    public async Task Push_WhatIsNoBatch_EndsInvalid()
    {
        await using var gateway = await RunningGateway.Start();
        var bytes = Marshallers.Create<byte[]>(static b => b, static b => b);
        var push = new Method<byte[], byte[]>(
            MethodType.DuplexStreaming, V1.SightingService.Descriptor.FullName, "Push", bytes, bytes);
        using var call = gateway.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(push, null, new CallOptions(gateway.As("nsoc.be")));
        await call.RequestStream.WriteAsync([0x12, 0x7f, 1], Cancellation);
        var error = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));
        error.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason.ShouldBe("MALFORMED_BATCH");
    }

    [Fact]
    public async Task Push_SlowLedger_StopsTheClientAndLosesNothing()
    {
        const int depth = 3, batches = 12;
        await using var gateway = await RunningGateway.Start(("Gateway:PushDepth", "3"));
        var arrived = Channel.CreateUnbounded<TaskCompletionSource<BatchOutcome>>();
        var (inFlight, most) = (0, 0);
        gateway.Grid.OnAccept = (_, _, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inFlight));
            var outcome = new TaskCompletionSource<BatchOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
            arrived.Writer.TryWrite(outcome);
            return outcome.Task;
        };
        using var call = Open(gateway);
        var large = Samples.Batch(1, Enumerable.Range(0, 9_000).Select(Samples.Sighting));
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < batches; i++) await call.RequestStream.WriteAsync(large, Cancellation);
            await call.RequestStream.CompleteAsync();
        }, Cancellation);
        var acks = ReadAll(call);
        // As full as it may be, then one leaves: a gateway that reads too far has all the time to show it.
        var waiting = new Queue<TaskCompletionSource<BatchOutcome>>();
        for (var done = 0; done < batches; done++)
        {
            while (waiting.Count < Math.Min(depth, batches - done))
                waiting.Enqueue(await arrived.Reader.ReadAsync(Cancellation));
            if (done == 0) writing.IsCompleted.ShouldBeFalse();
            Interlocked.Decrement(ref inFlight);
            waiting.Dequeue().SetResult(new(9_000, 0, []));
        }
        (await acks).Count.ShouldBe(batches);
        await writing;
        most.ShouldBe(depth);
    }

    [Fact]
    public async Task Push_OneStreamTooMany_IsRefused()
    {
        await using var gateway = await RunningGateway.Start(("Gateway:PushStreams", "1"));
        using var first = Open(gateway);
        await first.RequestStream.WriteAsync(Samples.Batch(1), Cancellation);
        await first.ResponseStream.MoveNext(Cancellation);
        using var second = Open(gateway);
        (await Should.ThrowAsync<RpcException>(() => second.ResponseStream.MoveNext(Cancellation))).StatusCode
            .ShouldBe(StatusCode.ResourceExhausted);
    }

    private static async Task<List<V1.BatchAck>> ReadAll(AsyncDuplexStreamingCall<V1.SightingBatch, V1.BatchAck> call)
    {
        var acks = new List<V1.BatchAck>();
        await foreach (var ack in call.ResponseStream.ReadAllAsync(Cancellation)) acks.Add(ack);
        return acks;
    }
}
