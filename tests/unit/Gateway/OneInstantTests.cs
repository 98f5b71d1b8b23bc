using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>One answer is of one instant, which the gateway chooses: what begins or ends meanwhile counts everywhere or nowhere.</summary>
public sealed class OneInstantTests
{
    public static TheoryData<string> Methods => [.. Questions.All];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Parts_AreAllAskedForOneInstant_HoweverTimeGoesOn(string method)
    {
        await using var gateway = await RunningGateway.Start();
        var now = Samples.Now;
        gateway.Grid.OnNow = () => Interlocked.Increment(ref now);
        gateway.Grid.Answer(atHub: ["AT", "FR"], inFull: ["DE"]);
        await Ask(gateway, method);
        // The name of an incident does not depend on the instant; it is asked for after the view.
        var instants = gateway.Grid.Calls.Zip(gateway.Grid.Instants).Where(each => each.First != "hub name").ToList();
        instants.Count.ShouldBe(method switch { "GetAsset" => 1, "GetIndicator" => 5, "StreamEvidence" => 7, _ => 3 });
        instants.Select(each => each.Second).Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Answer_ThatTookLongerThanItsInstantHolds_IsNotGiven(string method)
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnAccepts = instant => instant != Samples.Now;
        gateway.Grid.Answer(atHub: ["AT", "FR"], inFull: ["DE"]);
        (await Should.ThrowAsync<RpcException>(() => gateway.Ask(method))).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task StreamEvidence_ThatTakesLongerThanItsInstantHolds_IsAbortedBeforeTheNextSighting()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.Answer(atHub: ["AT", "FR"], inFull: []);
        // Once for the view, then before each of the four sightings.
        var asked = 0;
        gateway.Grid.OnAccepts = _ => Interlocked.Increment(ref asked) <= 1 + 3;
        var sent = new List<V1.Evidence>();
        (await Should.ThrowAsync<RpcException>(() => gateway.Stream(sent, 0))).StatusCode.ShouldBe(StatusCode.Aborted);
        sent.Select(each => each.Jurisdiction).ShouldBe(["AT", "AT", "FR"]);
    }

    [Fact]
    public async Task StreamEvidence_HomeThatTakesTheInstantForTooOld_IsAborted()
    {
        await using var gateway = await RunningGateway.Start();
        var holds = true;
        gateway.Grid.OnAccepts = _ => holds;
        gateway.Grid.Answer(atHub: ["AT"], inFull: []);
        gateway.Grid.OnEvidence = (_, _) =>
        {
            holds = false;
            throw new Contracts.Actors.GridUnavailableException("The question is too old.");
        };
        var error = await Should.ThrowAsync<RpcException>(() => gateway.Stream([], 0));
        error.StatusCode.ShouldBe(StatusCode.Aborted);
    }

    // An asset of which nothing is visible is asked for, too.
    private static async Task Ask(RunningGateway gateway, string method)
    {
        if (method == "GetAsset") await Should.ThrowAsync<RpcException>(() => gateway.Ask(method));
        else await gateway.Ask(method);
    }
}
