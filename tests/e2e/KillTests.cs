using System.Collections.Concurrent;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// SIGKILL at random moments while several owners push: whatever was acknowledged is there, once. Rounds:
/// <c>SOCGRID_KILL_RUNS</c> (20 by default); seed: <c>SOCGRID_KILL_SEED</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly string[] Owners = ["nsoc.be", "nsoc.de", "csirt.fr", "energy.dk"];
    private const int BatchSightings = 40;
    private const int Values = 5;

    private readonly ConcurrentDictionary<string, int> _acknowledged = new();
    private readonly ConcurrentDictionary<string, int> _sent = new();

    [Fact]
    public Task Kill_AtRandomMomentsUnderLoad_LosesNothingAcknowledgedAndDoublesNothing() => EndAtRandomMoments(
        int.Parse(Environment.GetEnvironmentVariable("SOCGRID_KILL_RUNS") ?? "20"), node => node.Kill());

    [Fact]
    public async Task Kill_OfANodeWhoseHomesAreOnRedis_LosesNothingAcknowledgedAndDoublesNothing()
    {
        if (!RedisProcess.IsInstalled) Assert.Skip("redis-server is not installed");
        using var redis = await RedisProcess.Start();
        await EndAtRandomMoments(3, node => node.Kill(), ("Stores__*__Redis", redis.Endpoint));
    }

    [Fact]
    public Task Stop_UnderLoad_EndsCleanlyAndLosesNothingAcknowledged() =>
        EndAtRandomMoments(3, async node => (await node.Stop()).ShouldBe(0));

    private async Task EndAtRandomMoments(int runs, Func<NodeProcess, Task> end, params (string Key, string Value)[] settings)
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("SOCGRID_KILL_SEED") ?? "7");
        output.WriteLine($"SOCGRID_KILL_RUNS={runs} SOCGRID_KILL_SEED={seed}");
        var dice = new Random(seed);
        using var folder = new TempFolder();
        for (var run = 0; run < runs; run++)
        {
            await using var node = await Start();
            foreach (var owner in Owners) await CheckCount(node, owner);
            await PushUntilItEnds(node, endAfterBatches: dice.Next(1, 60), end);
        }
        await using var last = await Start();
        foreach (var owner in Owners) await CheckCount(last, owner);
        output.WriteLine($"acknowledged {_acknowledged.Values.Sum()}, sent {_sent.Values.Sum()}");
        _acknowledged.Values.Sum().ShouldBeGreaterThan(0);

        Task<NodeProcess> Start() => NodeProcess.StartAt(
            folder.Path, NodeAddresses.Free() with { Settings = settings.ToDictionary() }, ["--consortium", Repository.RealStream]);
    }

    // What is there lies between what was acknowledged and what was sent; re-sending the rest makes it exact.
    private async Task CheckCount(NodeProcess node, string owner)
    {
        var stored = await Count(node, owner);
        var acknowledged = _acknowledged.GetValueOrDefault(owner);
        var sent = _sent.GetValueOrDefault(owner);
        stored.ShouldBeInRange(acknowledged, sent, owner);
        await Push(node, owner, from: acknowledged, upTo: sent, CancellationToken.None);
        (await Count(node, owner)).ShouldBe(sent, owner);
        _acknowledged[owner] = sent;
    }

    private async Task PushUntilItEnds(NodeProcess node, int endAfterBatches, Func<NodeProcess, Task> end)
    {
        var batches = 0;
        var enough = new TaskCompletionSource();
        var pushes = Owners.Select(async owner =>
        {
            try
            {
                await Push(node, owner, _sent.GetValueOrDefault(owner), int.MaxValue, CancellationToken.None, () =>
                {
                    if (Interlocked.Increment(ref batches) == endAfterBatches) enough.TrySetResult();
                });
            }
            catch (Exception e) when (e is RpcException or IOException)
            {
                // The node ended (a write under way gets the transport's exception): the rest is sent again after the restart.
            }
        }).ToList();
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await end(node);
        await Task.WhenAll(pushes);
    }

    private async Task Push(
        NodeProcess node, string owner, int from, int upTo, CancellationToken cancellation, Action? onAck = null)
    {
        using var grid = node.Connect();
        var service = new SightingService.SightingServiceClient(grid.Invoker);
        using var call = service.Push(new Metadata { { "authorization", "Bearer " + node.TokenOf(owner) } });
        for (var at = from; at < upTo;)
        {
            var batch = new SightingBatch { Sequence = (ulong)at };
            while (at < upTo && batch.Sightings.Count < BatchSightings) batch.Sightings.Add(Make(owner, at++));
            _sent[owner] = Math.Max(_sent.GetValueOrDefault(owner), at);
            await call.RequestStream.WriteAsync(batch, cancellation);
            (await call.ResponseStream.MoveNext(cancellation)).ShouldBeTrue();
            var ack = call.ResponseStream.Current;
            (ack.Accepted + ack.Duplicates).ShouldBe((uint)batch.Sightings.Count, string.Join(", ", ack.Rejections));
            _acknowledged[owner] = Math.Max(_acknowledged.GetValueOrDefault(owner), at);
            onAck?.Invoke();
        }
        await call.RequestStream.CompleteAsync();
    }

    private static async Task<int> Count(NodeProcess node, string owner)
    {
        using var grid = node.Connect();
        var views = new GridViews(grid.Invoker, node.TokenOf(owner));
        var total = 0UL;
        for (var value = 0; value < Values; value++)
        {
            try
            {
                var answer = await views.IndicatorAsync(Value(owner, value), CancellationToken.None);
                total += answer.Indicator.ByKind.Aggregate(0UL, (sum, t) => sum + t.Count);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
            {
                // Nothing of this value yet.
            }
        }
        return (int)total;
    }

    // Deterministic in (owner, number), so that a re-send is the same sighting; RED, so that nobody else's add to the count.
    private static Sighting Make(string owner, int number)
    {
        Span<byte> id = stackalloc byte[16];
        BitConverter.TryWriteBytes(id, number);
        BitConverter.TryWriteBytes(id[8..], Array.IndexOf(Owners, owner) + 1);
        return new()
        {
            Id = new Guid(id).ToString(),
            Observables = { Value(owner, number % Values) },
            FirstSeen = Day,
            LastSeen = Day,
            Count = 1,
            Kind = Kind.Positive,
            Confidence = 50,
            Marking = new() { Tlp = Tlp.Red, Pap = Pap.Red },
        };
    }

    private static readonly Timestamp Day = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(-1));

    private static Observable Value(string owner, int value) =>
        new() { Type = "domain-name", Value = $"value-{value}.{owner}.example" };
}
