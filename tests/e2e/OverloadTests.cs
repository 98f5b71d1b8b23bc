using System.Diagnostics;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// The store of a jurisdiction stops while a producer pushes as fast as it can: what is in flight is bounded, its stream is not read any further, and
/// another jurisdiction's producer, at the same gateway, is acknowledged as before. Seconds without a store: <c>SOCGRID_STALL_SECONDS</c> (4 by
/// default; after 15 seconds batches are refused as unavailable).
/// </summary>
public sealed class OverloadTests(ITestOutputHelper output)
{
    // The gateway takes 16 batches of a stream, and the connection's window holds less than one more; the rest is for what is being written.
    private const int InFlightMax = 24;
    private const int BatchSightings = 1_000;
    private const int MemoryMost = 512 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Stall =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("SOCGRID_STALL_SECONDS") ?? "4"));

    private int _sent;
    private int _acknowledged;

    [Fact]
    public async Task StoreThatStops_HoldsUpItsOwnProducers_BoundsWhatIsInFlight_AndSlowsNobodyElse()
    {
        if (!RedisProcess.IsInstalled) Assert.Skip("redis-server is not installed");
        using var members = await RedisProcess.Start();
        using var store = await RedisProcess.Start();
        await using var grid = await ManyNodes.Start(members, (ManyNodes.Be, "Stores__BE__Redis", store.Endpoint));
        await using var other = new Producer(grid[ManyNodes.Gateway].Grpc, grid.TokenOf("nsoc.de"), "nsoc.de");
        using var connection = grid[ManyNodes.Gateway].Connect();
        using var call = new SightingService.SightingServiceClient(connection.Invoker).Push(
            new Metadata { { "authorization", "Bearer " + grid.TokenOf("nsoc.be") } });
        using var enough = new CancellationTokenSource();
        other.Begin();
        var (writing, reading) = (Write(call, enough.Token), Read(call));
        await Until(() => Volatile.Read(ref _acknowledged) >= 5 && other.Acknowledged > 100, "both are acknowledged");
        var (before, usual) = (Memory(grid), other.LongestWait);

        await store.Silence();
        other.LongestWait = default;
        var stopped = Stopwatch.GetTimestamp();
        var (acknowledged, atFirst) = (_acknowledged, other.Acknowledged);
        await Until(() => Stopwatch.GetElapsedTime(stopped) > Stall, "the store is out for a while");
        var held = _sent - _acknowledged;
        (other.Acknowledged - atFirst).ShouldBeGreaterThan(100, "the other jurisdiction is acknowledged meanwhile");
        held.ShouldBeInRange(1, InFlightMax, "the stream is read no further");
        output.WriteLine($"without its store for {Stall.TotalSeconds:0} s: {_acknowledged - acknowledged} more batches of Belgium acknowledged, "
            + $"{held} in flight; Germany {other.Acknowledged - atFirst} sightings more, longest wait {other.LongestWait.TotalMilliseconds:0} ms "
            + $"({usual.TotalMilliseconds:0} ms before); failures {other.Failures.Count}");
        other.Failures.ShouldBeEmpty();

        await store.Wake();
        var sent = _sent;
        await Until(() => Volatile.Read(ref _acknowledged) >= sent + 2, "it goes on");
        await enough.CancelAsync();
        await writing;
        await reading;
        _acknowledged.ShouldBe(_sent, "each batch is acknowledged, in order");
        var after = Memory(grid);
        output.WriteLine($"memory at most, MB: {string.Join(", ", after.Select(each => $"{each.Node} {each.Most >> 20}"))}");
        foreach (var ((node, was), (_, most)) in before.Zip(after)) (most - was).ShouldBeLessThan(MemoryMost, node);
        await other.EndAndCount();
    }

    private static (string Node, long Most)[] Memory(ManyNodes grid) =>
        [.. ((string[])[ManyNodes.Gateway, ManyNodes.Be]).Select(node => (node, grid[node].Memory()))];

    private static Task Until(Func<bool> condition, string what) => Eventually.Holds(() => Task.FromResult(condition()), what, Patience);

    private async Task Write(AsyncDuplexStreamingCall<SightingBatch, BatchAck> call, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var batch = new SightingBatch { Sequence = (ulong)_sent };
            for (var i = 0; i < BatchSightings; i++) batch.Sightings.Add(Make(i));
            Interlocked.Increment(ref _sent);
            await call.RequestStream.WriteAsync(batch, CancellationToken.None);
        }
        await call.RequestStream.CompleteAsync();
    }

    private async Task Read(AsyncDuplexStreamingCall<SightingBatch, BatchAck> call)
    {
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            call.ResponseStream.Current.Sequence.ShouldBe((ulong)_acknowledged);
            (call.ResponseStream.Current.Accepted + call.ResponseStream.Current.Duplicates).ShouldBe((uint)BatchSightings);
            Interlocked.Increment(ref _acknowledged);
        }
    }

    private static Sighting Make(int number)
    {
        var day = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(-1));
        return new()
        {
            Id = Guid.NewGuid().ToString(),
            Observables = { new Observable { Type = "domain-name", Value = $"many-{number % 100}.example" } },
            FirstSeen = day,
            LastSeen = day,
            Count = 1,
            Kind = Kind.Positive,
            Marking = new() { Tlp = Tlp.Red },
            Description = new string('x', 200),
        };
    }
}
