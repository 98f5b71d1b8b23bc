using CrossBorderSoc.Client;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Pushing;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

public sealed class PushClientTests
{
    private static readonly PushOptions Quick = new()
    {
        BatchSightings = 10,
        WindowBatches = 4,
        PauseFirst = TimeSpan.FromMilliseconds(1),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_AllGood_LandsOnceInOrder()
    {
        var sightings = new FakeSightings();
        var result = await PushAsync(sightings, new SomeSightings(1234));
        result.ShouldBe(new PushResult { Accepted = 1234 });
        sightings.Landed.Select(landed => landed.Id).ShouldBe(Enumerable.Range(1, 1234).Select(i => SomeSightings.Id(i)));
        sightings.Landed.ShouldAllBe(landed => landed.Token == "Bearer good");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Push_StreamBreaksAtRandomAcknowledgements_EverySightingLandsAndCountsAreExact(int seed)
    {
        var random = new Random(seed);
        var broken = new HashSet<ulong>();
        var sightings = new FakeSightings
        {
            BeforeAck = batch =>
            {
                if (random.Next(4) != 0) return;
                broken.Add(batch.Sequence);
                throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "broken on purpose"));
            },
        };
        var result = await PushAsync(sightings, new SomeSightings(1000));
        broken.Count.ShouldBeGreaterThan(5);
        result.Failure.ShouldBeNull();
        sightings.Landed.Select(landed => landed.Id).Distinct().Count().ShouldBe(1000);
        (result.Accepted + result.Duplicates).ShouldBe(1000);
        // Each of these had landed when its acknowledgement was lost.
        result.Duplicates.ShouldBeGreaterThanOrEqualTo(broken.Count * 10);
        result.Resent.ShouldBeGreaterThanOrEqualTo(result.Duplicates);
        result.Unacknowledged.ShouldBe(0);
    }

    [Fact]
    public async Task Push_GridEndsStreamWithoutError_IsSentAgain()
    {
        var sightings = new FakeSightings { Acknowledges = false };
        var options = Quick with { RetryFor = TimeSpan.Zero };
        var result = await PushAsync(sightings, new SomeSightings(20), options);
        result.Failure!.Value.StatusCode.ShouldBe(StatusCode.Unavailable);
        result.Unacknowledged.ShouldBe(20);
    }

    [Fact]
    public async Task Push_GridClosesTheConnectionUnderAWrite_IsSentAgain()
    {
        var closed = new TaskCompletionSource();
        var end = new WriteMeetsTheEnd(closed.Task);
        var sightings = new FakeSightings
        {
            BeforeAck = _ =>
            {
                end.Begun.Wait(Stop);
                if (closed.TrySetResult()) throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "closed on purpose"));
            },
        };
        await using var grid = await FakeGrid.StartAsync(sightings);
        using var connection = GridConnection.To(grid.Url);
        var invoker = connection.Invoker.Intercept(end);
        var client = new PushClient(invoker, "good", Quick, TimeProvider.System);
        var result = await client.PushAsync(new SomeSightings(100).ReadAsync(Stop), null, Stop);
        result.Failure.ShouldBeNull();
        sightings.Landed.Select(landed => landed.Id).Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public async Task Push_GridNeverAcknowledges_StopsReadingAtTheWindow()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var grid = await FakeGrid.StartAsync(new FakeSightings { Acknowledges = false });
        using var connection = GridConnection.To(grid.Url);
        var source = new SomeSightings(1_000_000);
        var client = new PushClient(connection.Invoker, "good", Quick, TimeProvider.System);
        var push = client.PushAsync(source.ReadAsync(stop.Token), null, stop.Token);
        // The window, the batch that waits for a place in it, and the one that is being handed over.
        const int ReadMost = (4 + 2) * 10;
        await Eventually.Holds(() => source.Read == ReadMost, "the client reads up to its window");
        await Eventually.StaysSo(() => source.Read == ReadMost, "it reads no further");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => push);
    }

    [Fact]
    public async Task Push_GridAway_GivesUpAfterRetryFor()
    {
        var grid = await FakeGrid.StartAsync();
        using var connection = GridConnection.To(grid.Url);
        await grid.DisposeAsync();
        var seen = new Seen();
        var options = Quick with { RetryFor = TimeSpan.FromMilliseconds(300) };
        var client = new PushClient(connection.Invoker, "good", options, TimeProvider.System);
        var result = await client.PushAsync(new SomeSightings(20).ReadAsync(Stop), seen, Stop);
        result.Failure!.Value.StatusCode.ShouldBe(StatusCode.Unavailable);
        // The first batch was under way; the second may have been.
        result.Unacknowledged.ShouldBeOneOf(10, 20);
        seen.Interruptions.Count.ShouldBeGreaterThan(2);
        seen.Interruptions[1].Pause.ShouldBe(2 * seen.Interruptions[0].Pause);
    }

    [Fact]
    public async Task Push_TooManyStreamsOpenForNow_IsTriedAgain()
    {
        var attempts = 0;
        var sightings = new FakeSightings { Opening = () => ++attempts < 3 ? Because("TOO_MANY_STREAMS") : null };
        var result = await PushAsync(sightings, new SomeSightings(20));
        result.ShouldBe(new PushResult { Accepted = 20, Resent = result.Resent });
        sightings = new FakeSightings { Opening = () => Because("TOO_MANY_MESSAGES") };
        (await PushAsync(sightings, new SomeSightings(20))).Failure!.Value.StatusCode.ShouldBe(StatusCode.ResourceExhausted);

        static RpcException Because(string reason) => new Google.Rpc.Status
        {
            Code = (int)StatusCode.ResourceExhausted,
            Details = { Any.Pack(new ErrorInfo { Domain = "crossbordersoc", Reason = reason }) },
        }.ToRpcException();
    }

    [Fact]
    public async Task Push_TokenRefused_EndsAtOnceWithoutRetry()
    {
        var seen = new Seen();
        var result = await PushAsync(new FakeSightings(), new SomeSightings(20), Quick, seen, token: "bad");
        result.Failure!.Value.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        seen.Interruptions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Push_Rejections_NameTheirLines()
    {
        var sightings = new FakeSightings
        {
            Judge = sighting => sighting.Id is "id-7" or "id-25"
                ? new Rejection { Field = "marking.tlp", ReasonCode = "MISSING", Message = "no label" }
                : null,
        };
        var seen = new Seen();
        var result = await PushAsync(sightings, new SomeSightings(30), Quick, seen);
        result.ShouldBe(new PushResult { Accepted = 28, Refused = 2 });
        seen.Refusals.ShouldBe(
        [
            new Refusal(7, "id-7", "marking.tlp", "MISSING", "no label"),
            new Refusal(25, "id-25", "marking.tlp", "MISSING", "no label"),
        ]);
    }

    [Fact]
    public async Task Push_SourceFails_WhatWasReadStillLandsAndTheErrorIsThrown()
    {
        var sightings = new FakeSightings();
        await using var grid = await FakeGrid.StartAsync(sightings);
        using var connection = GridConnection.To(grid.Url);
        var client = new PushClient(connection.Invoker, "good", Quick, TimeProvider.System);
        await Should.ThrowAsync<InvalidDataException>(() => client.PushAsync(Failing(), null, Stop));
        sightings.Landed.Count.ShouldBe(15);

        static async IAsyncEnumerable<NumberedSighting> Failing()
        {
            await foreach (var sighting in new SomeSightings(15).ReadAsync()) yield return sighting;
            throw new InvalidDataException("damaged");
        }
    }

    private static async Task<PushResult> PushAsync(
        FakeSightings sightings, SomeSightings source, PushOptions? options = null, Seen? seen = null, string token = "good")
    {
        await using var grid = await FakeGrid.StartAsync(sightings);
        using var connection = GridConnection.To(grid.Url);
        var client = new PushClient(connection.Invoker, token, options ?? Quick, TimeProvider.System);
        return await client.PushAsync(source.ReadAsync(Stop), seen, Stop);
    }
}

/// <summary>Keeps what an observer is told.</summary>
internal sealed class Seen : IPushObserver
{
    public List<Refusal> Refusals { get; } = [];

    public List<Interruption> Interruptions { get; } = [];

    public void Acknowledged(Acknowledgement acknowledgement)
    {
    }

    public void Refused(Refusal refusal) => Refusals.Add(refusal);

    public void Interrupted(Interruption interruption) => Interruptions.Add(interruption);

    public void Resent(int sightings)
    {
    }
}
