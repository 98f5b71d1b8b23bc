using System.Net;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>A node whose disk fills up, as its producers and its operator meet it.</summary>
public sealed class FullDiskTests
{
    private const string Owner = "nsoc.be";
    private const int BatchSightings = 500;
    private static readonly Timestamp Day = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(-1));

    [Fact]
    public async Task DiskFull_EverybodyIsTold_AndWithRoomEverythingAcknowledgedIsThere()
    {
        using var disk = new SmallDisk(megabytes: 256);
        if (!disk.IsMounted) Assert.Skip("Needs the right to mount a small file system.");
        await using var node = await NodeProcess.Start(Path.Combine(disk.Path, "data"), "--consortium", Repository.RealStream);
        (await Push(node, 0, 1)).Accepted.ShouldBe((uint)BatchSightings);
        disk.Fill();
        var (acknowledged, failure) = await PushUntilRefused(node, from: 1);
        (failure.StatusCode, failure.Reason).ShouldBe((StatusCode.Unavailable, GridFailure.StoreCannotWrite));
        var (status, text) = await Ready(node);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        text.ShouldContain("store: STORE_CANNOT_WRITE");
        await SocgridSaysSo(node);
        disk.MakeRoom();
        await Eventually.Holds(async () => (await Ready(node)).Status == HttpStatusCode.OK, "the node is ready again", TimeSpan.FromSeconds(60));
        (await Push(node, 0, acknowledged)).Duplicates.ShouldBe((uint)(acknowledged * BatchSightings));
        (await Push(node, acknowledged, acknowledged + 1)).Rejections.ShouldBeEmpty();
        node.Output.Split("nothing is acknowledged until it can").Length.ShouldBe(2, "the log tells it once: " + node.Output);
        node.Output.ShouldContain("The store can write again.");
        node.Output.ShouldNotContain("The grid could not answer a call.");
        (await node.Stop()).ShouldBe(0);
    }

    private static async Task SocgridSaysSo(NodeProcess node)
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "one.ndjson");
        await File.WriteAllTextAsync(file,
            $$$"""
            {"id":"{{{Guid.NewGuid()}}}","observables":[{"type":"url","value":"http://a.example/"}],"first_seen":"{{{Day.ToDateTime():O}}}",
            """.TrimEnd() + $$$"""
            "last_seen":"{{{Day.ToDateTime():O}}}","kind":"positive","marking":{"tlp":"green"}}

            """);
        var result = await SocgridProcess.Run(node, "push", file, "--as", Owner, "--retry-for", "0");
        result.ExitCode.ShouldBe(3, result.Output + result.Errors + node.Output);
        result.Errors.ShouldContain("its store cannot write");
        result.Errors.ShouldNotContain("Is it running");
    }

    private static async Task<(HttpStatusCode Status, string Text)> Ready(NodeProcess node)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(node.Http + "/health/ready");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<(int Acknowledged, GridFailure Failure)> PushUntilRefused(NodeProcess node, int from)
    {
        for (var number = from; ; number++)
        {
            try
            {
                (await Push(node, number, number + 1)).Accepted.ShouldBe((uint)BatchSightings);
            }
            catch (RpcException refusal)
            {
                return (number, GridFailure.Of(refusal));
            }
        }
    }

    private static async Task<BatchAck> Push(NodeProcess node, int from, int to)
    {
        using var grid = node.Connect();
        using var call = new SightingService.SightingServiceClient(grid.Invoker)
            .Push(new Metadata { { "authorization", "Bearer " + node.TokenOf(Owner) } });
        var sum = new BatchAck();
        for (var number = from; number < to; number++)
        {
            var batch = new SightingBatch { Sequence = (ulong)number };
            for (var i = 0; i < BatchSightings; i++) batch.Sightings.Add(Make(number * BatchSightings + i));
            await call.RequestStream.WriteAsync(batch);
            (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
            sum.Accepted += call.ResponseStream.Current.Accepted;
            sum.Duplicates += call.ResponseStream.Current.Duplicates;
            sum.Rejections.Add(call.ResponseStream.Current.Rejections);
        }
        await call.RequestStream.CompleteAsync();
        return sum;
    }

    // Deterministic in its number, so that a re-send is the same sighting; not to be compressed, so that the log's tables need room.
    private static Sighting Make(int number) => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]).ToString(),
        Observables = { new Observable { Type = "domain-name", Value = $"value-{number % 100}.example" } },
        FirstSeen = Day,
        LastSeen = Day,
        Count = 1,
        Kind = Kind.Positive,
        Marking = new() { Tlp = Tlp.Red },
        Description = Noise(number),
    };

    private static string Noise(int number)
    {
        var bytes = new byte[3_000];
        new Random(number).NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }
}
