using CrossBorderSoc.Client.Views;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// The power of the machine of a jurisdiction's Redis is cut. Under <c>always</c> nothing that was acknowledged is gone. Under <c>everysec</c>
/// what came after the last sync is: a new epoch opens, the hub drops what is gone, producers send again, and everybody sees all of it, once.
/// </summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private const int BatchSightings = 20;
    private const int Values = 5;
    private const int AttemptsMax = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Timestamp Day = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(-1));

    [Fact]
    public async Task Always_LosesNothing()
    {
        using var redis = await Start("always");
        using var folder = new TempFolder();
        await using var node = await Start(folder, redis);
        for (var from = 0; from < 200; from += BatchSightings) (await Push(node, from, from + BatchSightings)).ShouldBe(BatchSightings);
        await redis.CutPower();
        await Eventually.Holds(async () => await Push(node, 200, 220) == BatchSightings, "it takes in again", Patience);
        await node.ReleasesCaughtUp();
        (await Seen(node, "nsoc.be"), await Seen(node, "nsoc.de")).ShouldBe((220, 220));
        (await Push(node, 0, 220)).ShouldBe(0, "all of it is there");
    }

    [Fact]
    public async Task EverySecond_LosesWhatNoSyncCovered_TheHubDropsIt_AndSentAgainItIsThereOnce()
    {
        using var redis = await Start("everysec");
        using var folder = new TempFolder();
        int sent = 100, synced = 0, survived;
        NodeAddresses at;
        await using (var node = await Start(folder, redis))
        {
            at = node.At;
            await Push(node, 0, sent);
            for (var attempt = 0; ; attempt++)
            {
                attempt.ShouldBeLessThan(AttemptsMax, "each time all was synced before the hub had it");
                await Eventually.Holds(() => Task.FromResult(!redis.HasUnsynced), "all is synced", Patience);
                synced = sent;
                (await Push(node, sent, sent + BatchSightings)).ShouldBe(BatchSightings, "acknowledged");
                sent += BatchSightings;
                await node.ReleasesCaughtUp();
                if (redis.HasUnsynced && await redis.CutPower() > 0) break;
                redis.Cuts.ShouldBe(0, "it was synced in the last instant: nothing was lost that could be");
            }
            // It cannot know which of its actors hold what is gone.
            await node.Ended();
            node.Output.ShouldContain("went back from");
        }

        await using (var node = await Start(folder, redis, at))
        {
            await Eventually.Holds(
                () => Task.FromResult(node.Output.Contains("The hub has dropped what the ledger of BE lost", StringComparison.Ordinal)),
                "the hub drops what is gone", Patience);
            await Eventually.Holds(
                async () => (await node.Health()).StartsWith("{\"pending_records\":0,\"unlisted_records\":0,", StringComparison.Ordinal),
                "releases go on", Patience);
            (await node.Health()).ShouldContain("\"dropped\":[{\"jurisdiction\":\"BE\",\"epoch\":2,\"records\":");
            survived = await Seen(node, "nsoc.be");
            survived.ShouldBeInRange(synced, sent - 1);
            (await Seen(node, "nsoc.de")).ShouldBe(survived, "a partner sees what survived, and nothing that is gone");
            (await Push(node, 0, sent)).ShouldBe(sent - survived, "what is gone enters anew, what is there does not");
            await Eventually.Holds(async () => await Seen(node, "nsoc.de") == sent, "everybody sees all of it", Patience);
            (await Seen(node, "nsoc.be")).ShouldBe(sent);
        }
        output.WriteLine($"{sent} acknowledged, {synced} synced, {survived} survived");
    }

    private static async Task<RecordedRedis> Start(string fsync)
    {
        if (!RedisProcess.IsInstalled) Assert.Skip("redis-server is not installed");
        return await RecordedRedis.Start(fsync);
    }

    // The hub and the other jurisdictions are on the node's own disk, whose power stays.
    private static Task<NodeProcess> Start(TempFolder folder, RecordedRedis redis, NodeAddresses? at = null) => NodeProcess.StartAt(
        folder.Path,
        (at ?? NodeAddresses.Free()) with
        {
            Settings = new Dictionary<string, string>
            {
                ["Stores__BE__Redis"] = redis.Endpoint,
                ["Stores__BE__AcceptWeakDurability"] = "everysec",
            },
        },
        ["--consortium", Repository.RealStream]);

    // Gives how many were new.
    private static async Task<int> Push(NodeProcess node, int from, int upTo)
    {
        using var grid = node.Connect();
        var service = new SightingService.SightingServiceClient(grid.Invoker);
        try
        {
            using var call = service.Push(new Metadata { { "authorization", "Bearer " + node.TokenOf("nsoc.be") } });
            var accepted = 0u;
            for (var at = from; at < upTo;)
            {
                var batch = new SightingBatch { Sequence = (ulong)at };
                while (at < upTo && batch.Sightings.Count < BatchSightings) batch.Sightings.Add(Make(at++));
                await call.RequestStream.WriteAsync(batch);
                (await call.ResponseStream.MoveNext()).ShouldBeTrue();
                accepted += call.ResponseStream.Current.Accepted;
            }
            await call.RequestStream.CompleteAsync();
            return (int)accepted;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
        {
            return -1;
        }
    }

    private static async Task<int> Seen(NodeProcess node, string caller)
    {
        using var grid = node.Connect();
        var views = new GridViews(grid.Invoker, node.TokenOf(caller));
        var total = 0UL;
        for (var value = 0; value < Values; value++)
        {
            var answer = await views.IndicatorAsync(Value(value), CancellationToken.None);
            total += answer.Indicator.ByKind.Aggregate(0UL, (sum, tally) => sum + tally.Count);
        }
        return (int)total;
    }

    private static Sighting Make(int number) => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]).ToString(),
        Observables = { Value(number % Values) },
        FirstSeen = Day,
        LastSeen = Day,
        Count = 1,
        Kind = Kind.Positive,
        Confidence = 50,
        Marking = new() { Tlp = Tlp.Green },
    };

    private static Observable Value(int value) => new() { Type = "domain-name", Value = $"value-{value}.example" };
}
