using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Actors;
using Grpc.Core;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>What is out of reach is said to be: it is never rendered as absence, and never left out in silence.</summary>
public sealed class OutageTests
{
    private static readonly Func<Exception>[] Failures =
    [
        () => new GridUnavailableException("canary"),
        () => new GridUnavailableException("canary", new InvalidOperationException("What may be seen cannot be decided.")),
        () => new OrleansException("canary"),
        () => new SiloUnavailableException("canary"),
        () => new TimeoutException("canary"),
    ];

    public static TheoryData<string, string, int> HomesThatFail => [.. from method in Questions.All
        from home in method == "GetAsset" ? ["DE"] : new[] { "hub", "BE", "DE" }
        from failure in Enumerable.Range(0, Failures.Length)
        select new TheoryDataRow<string, string, int>(method, home, failure)];

    [Theory]
    [MemberData(nameof(HomesThatFail))]
    public async Task HomeThatFails_IsUnavailable_NeverAbsence(string method, string failing, int failure)
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.Answer(atHub: [], inFull: ["DE"], home =>
        {
            if (home.Code == failing) throw Failures[failure]();
        });
        var error = await Should.ThrowAsync<RpcException>(() => gateway.Ask(method));
        error.StatusCode.ShouldBe(StatusCode.Unavailable);
        error.ToString().ShouldNotContain("canary");
    }

    [Theory]
    [InlineData("GetIndicator")]
    [InlineData("GetIncident")]
    [InlineData("StreamEvidence")]
    public async Task EverythingVisibleIsOut_IsUnavailable_NotAbsent(string method)
    {
        await using var gateway = await RunningGateway.Start();
        Out(gateway, "DE");
        (await Should.ThrowAsync<RpcException>(() => gateway.Ask(method))).StatusCode.ShouldBe(StatusCode.Unavailable);
        // Which homes are asked is a function of the view: what is out and not named by it changes nothing.
        gateway.Grid.Answer(atHub: [], inFull: []);
        if (method == "StreamEvidence") (await gateway.Ask(method)).Held.ShouldBe(0);
        else (await Should.ThrowAsync<RpcException>(() => gateway.Ask(method))).StatusCode.ShouldBe(StatusCode.NotFound);
        gateway.Grid.Calls.Count(call => call.StartsWith("DE", StringComparison.Ordinal))
            .ShouldBe(method == "StreamEvidence" ? 2 : 1, "it was asked while the view named it");
    }

    [Theory]
    [InlineData("GetIndicator", 2)]
    [InlineData("GetIncident", 1)]
    public async Task SiloThatReturnsMeanwhile_IsStillNamed(string method, int held)
    {
        await using var gateway = await RunningGateway.Start();
        var reads = 0;
        gateway.Grid.OnUnreachable = () => Interlocked.Increment(ref reads) == 1 ? ["DE", "IT"] : [];
        gateway.Grid.Answer(atHub: ["AT", "FR"], inFull: ["DE"], home =>
        {
            if (home.Code == "DE") throw new OrleansException("out");
        });
        var answer = await gateway.Ask(method);
        answer.Out.ShouldBe(["DE", "IT"], "by jurisdiction, whatever was asked");
        answer.Held.ShouldBe(held);
        reads.ShouldBe(method == "GetIncident" ? 2 : 1, "for the view, and, where an incident was found, for its name");
    }

    [Fact]
    public async Task StreamEvidence_HomeThatIsOut_EndsUnavailableAfterWhatThereIs()
    {
        await using var gateway = await RunningGateway.Start();
        Out(gateway, "DE");
        var sent = new List<V1.Evidence>();
        (await Should.ThrowAsync<RpcException>(() => gateway.Stream(sent, 0))).StatusCode.ShouldBe(StatusCode.Unavailable);
        sent.Select(each => each.Jurisdiction).ShouldBe([]);

        gateway.Grid.Answer(atHub: ["AT", "CY", "FR"], inFull: [], home =>
        {
            if (home.Code == "CY") throw new OrleansException("out");
        });
        (await Should.ThrowAsync<RpcException>(() => gateway.Stream(sent, 0))).StatusCode.ShouldBe(StatusCode.Unavailable);
        sent.Select(each => each.Jurisdiction).ShouldBe(["AT", "AT", "FR", "FR"]);
        sent.Clear();
        (await Should.ThrowAsync<RpcException>(() => gateway.Stream(sent, 3))).StatusCode.ShouldBe(StatusCode.Unavailable);
        sent.Count.ShouldBe(3);
        sent.Clear();
        (await Should.ThrowAsync<RpcException>(() => gateway.Stream(sent, 2))).StatusCode.ShouldBe(StatusCode.Unavailable);
        sent.Select(each => each.Jurisdiction).ShouldBe(["AT", "AT"], "what is out might have come first");
    }

    private static void Out(RunningGateway gateway, string jurisdiction)
    {
        gateway.Grid.OnUnreachable = () => ImmutableArray.Create(jurisdiction);
        gateway.Grid.Answer(atHub: [], inFull: [jurisdiction], home =>
        {
            if (home.Code == jurisdiction) throw new OrleansException("out");
        });
    }
}
