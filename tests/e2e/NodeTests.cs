using System.Net;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>A node as its operator meets it: demo, restart, health.</summary>
public sealed class NodeTests
{
    private static readonly Observable Shown = new() { Type = "ipv4-addr", Value = "182.161.66.14" };

    [Fact]
    public async Task Demo_StoppedAndStartedAgain_HasEverythingAndTakesNothingTwice()
    {
        using var folder = new TempFolder();
        await using var first = await NodeProcess.Start(folder.Path, "--demo");
        first.Output.ShouldContain("2000 sightings accepted and on disk, 0 duplicates, 0 refused");
        first.Output.ShouldContain("as nsoc.dk");
        var before = await See(first, "nsoc.dk");
        (await first.Stop()).ShouldBe(0, first.Output);
        await using var second = await NodeProcess.Start(folder.Path, "--demo");
        second.Output.ShouldContain("0 sightings accepted and on disk, 2000 duplicates, 0 refused");
        (await See(second, "nsoc.dk")).ShouldBe(before);
        (await second.Stop()).ShouldBe(0, second.Output);
    }

    [Fact]
    public async Task Demo_StartedElsewhere_PrintsCommandsThatWorkThere()
    {
        using var folder = new TempFolder();
        var elsewhere = Directory.CreateDirectory(Path.Combine(folder.Path, "some where")).FullName;
        await using var node = await NodeProcess.StartIn(elsewhere, Path.Combine(elsewhere, "da ta"), "--demo");
        var commands = node.Output.Split('\n').Where(line => line.Contains("/socgrid ", StringComparison.Ordinal)).ToList();
        commands.Count.ShouldBe(3, node.Output);
        foreach (var command in commands) (await Shell.Run(command, elsewhere)).ShouldBe(0, command);
    }

    [Fact]
    public async Task Node_WithoutAConsortium_StartsEmptyAndIsNotReady()
    {
        using var folder = new TempFolder();
        await using var node = await NodeProcess.Start(folder.Path);
        using var http = new HttpClient();
        (await http.GetAsync(node.Http + "/health/live")).IsSuccessStatusCode.ShouldBeTrue();
        (await http.GetAsync(node.Http + "/health/ready")).IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task Lag_IsToldOnTheOperatorsPortOnly_AndNothingElseThere()
    {
        using var folder = new TempFolder();
        await using var node = await NodeProcess.Start(folder.Path, "--consortium", Repository.RealStream);
        using var http = new HttpClient();
        (await http.GetStringAsync(node.At.Operator + "/health/releases")).ShouldBe("{\"pending_records\":0,\"unlisted_records\":0}");
        (await Status(node.Http + "/health/releases")).ShouldBe(HttpStatusCode.NotFound);
        (await Status(node.Http + "/health/releases", new Uri(node.At.Operator).Authority)).ShouldBe(HttpStatusCode.NotFound);
        (await Status(node.At.Operator + "/health/nothing")).ShouldBe(HttpStatusCode.NotFound);
        (await Status(node.At.Operator + "/grpc.health.v1.Health/Check")).ShouldBe(HttpStatusCode.NotFound);
        (await Status(node.At.Operator + "/health/ready", "rebound.example:5082")).ShouldBe(HttpStatusCode.NotFound);
        (await Status(node.At.Operator + "/health/releases", "rebound.example:5082")).ShouldBe(HttpStatusCode.NotFound);

        async Task<HttpStatusCode> Status(string url, string? host = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (host is not null) request.Headers.Host = host;
            using var response = await http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task HiddenAndAbsent_AreTheSameAnswer()
    {
        using var folder = new TempFolder();
        await using var node = await NodeProcess.Start(folder.Path, "--consortium", Repository.RealStream);
        await Push(node, "nsoc.be", Tlp.Red, "hidden.example");
        var hidden = await Refusal(node, "nsoc.de", "hidden.example");
        var absent = await Refusal(node, "nsoc.de", "absent.example");
        hidden.StatusCode.ShouldBe(StatusCode.NotFound);
        hidden.Status.Detail.Replace("hidden", "absent", StringComparison.Ordinal).ShouldBe(absent.Status.Detail);
        hidden.Trailers.Select(t => t.Key).ShouldBe(absent.Trailers.Select(t => t.Key));
        // Pushing a value that another partner holds in secret answers like pushing a new one.
        (await Push(node, "nsoc.de", Tlp.Green, "hidden.example")).ShouldBe(await Push(node, "nsoc.de", Tlp.Green, "fresh.example"));
    }

    private static async Task<RpcException> Refusal(NodeProcess node, string organisation, string domain)
    {
        using var grid = node.Connect();
        var views = new GridViews(grid.Invoker, node.TokenOf(organisation));
        return await Should.ThrowAsync<RpcException>(
            () => views.IndicatorAsync(new() { Type = "domain-name", Value = domain }, CancellationToken.None));
    }

    private static async Task<BatchAck> Push(NodeProcess node, string owner, Tlp tlp, string domain)
    {
        using var grid = node.Connect();
        var service = new SightingService.SightingServiceClient(grid.Invoker);
        using var call = service.Push(new Metadata { { "authorization", "Bearer " + node.TokenOf(owner) } });
        var at = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(-1));
        await call.RequestStream.WriteAsync(new()
        {
            Sightings =
            {
                new Sighting
                {
                    Id = Guid.NewGuid().ToString(), Observables = { new Observable { Type = "domain-name", Value = domain } },
                    FirstSeen = at, LastSeen = at, Kind = Kind.Positive, Marking = new() { Tlp = tlp },
                },
            },
        });
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        return call.ResponseStream.Current;
    }

    private static async Task<Indicator> See(NodeProcess node, string organisation)
    {
        using var grid = node.Connect();
        return (await new GridViews(grid.Invoker, node.TokenOf(organisation)).IndicatorAsync(Shown, CancellationToken.None)).Indicator;
    }
}
