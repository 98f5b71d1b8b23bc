using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>
/// Without a lease on the policy an owner is answered about what its organisation said, by its own home alone, and is told that the hub is out;
/// everything else is unavailable, never absent (decision 0021).
/// </summary>
public sealed class CutOffTests
{
    private static readonly V1.Observable Asked = new() { Type = "ipv4-addr", Value = "192.0.2.1" };

    private static readonly Dictionary<string, Func<RunningGateway, Task<(IReadOnlyList<string> Out, int Held)>>> Answered = new()
    {
        ["GetIndicator"] = gateway => gateway.Ask("GetIndicator"),
        ["GetTrend"] = async gateway =>
        {
            var answer = await Client(gateway).GetTrendAsync(new() { Technique = "T1566" }, gateway.As("nsoc.be"));
            return (answer.UnavailableJurisdictions, answer.Trend.ByJurisdiction.Count);
        },
        ["ListIndicators"] = async gateway =>
        {
            var answer = await Client(gateway).ListIndicatorsAsync(new(), gateway.As("nsoc.be"));
            return (answer.UnavailableJurisdictions, answer.Indicators.Count);
        },
    };

    public static TheoryData<string> OwnAnswers => [.. Answered.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(OwnAnswers))]
    public async Task WithoutALease_TheOwnHomeAnswersForTheOwner_AndTheHubIsNamed(string method)
    {
        await using var gateway = await CutOff();
        var (isOut, held) = await Answered[method](gateway);
        isOut.ShouldBe(["DE", "hub"]);
        held.ShouldBe(1);
        OnlyTheOwnHomeWasAsked(gateway);
    }

    [Fact]
    public async Task WithoutALease_OwnEvidenceIsSent_AndEndsUnavailable()
    {
        await using var gateway = await CutOff();
        var sent = new List<V1.Evidence>();
        (await Should.ThrowAsync<RpcException>(() => gateway.Stream(sent, 0))).StatusCode.ShouldBe(StatusCode.Unavailable);
        sent.Select(each => each.Jurisdiction).ShouldBe(["BE", "BE"]);
        OnlyTheOwnHomeWasAsked(gateway);
    }

    [Fact]
    public async Task WithoutALease_OwnAssetsAreAnswered_AndOthersAreUnavailable()
    {
        await using var gateway = await CutOff();
        gateway.Grid.OnAsset = (_, _, _) => new(AssetView.Empty with { TalliesByKind = [new(SightingKind.Positive, new(1, 0, 0))] }, 1);
        await Client(gateway).GetAssetAsync(new() { Owner = "nsoc.be", AssetId = "srv-1" }, gateway.As("nsoc.be"));
        (await Should.ThrowAsync<RpcException>(() => gateway.Ask("GetAsset"))).StatusCode.ShouldBe(StatusCode.Unavailable);
        OnlyTheOwnHomeWasAsked(gateway);
    }

    [Fact]
    public async Task WithoutALease_WhatTheOwnerDidNotSay_IsUnavailable_NotAbsent()
    {
        await using var gateway = await CutOff();
        gateway.Grid.Answer(atHub: ["AT"], inFull: []);
        (await Should.ThrowAsync<RpcException>(() => gateway.Ask("GetIndicator"))).StatusCode.ShouldBe(StatusCode.Unavailable);
        (await Should.ThrowAsync<RpcException>(() => gateway.Ask("GetIncident"))).StatusCode.ShouldBe(StatusCode.Unavailable);
        OnlyTheOwnHomeWasAsked(gateway);
    }

    [Fact]
    public async Task LeaseThatEndsWhileTheHubIsSilent_LetsTheOwnerGo()
    {
        var time = new FakeTimeProvider();
        await using var gateway = await RunningGateway.Start(time);
        using var isAsked = new SemaphoreSlim(0);
        using var never = new ManualResetEventSlim();
        gateway.Grid.Answer(atHub: [], inFull: ["BE"], home =>
        {
            if (!home.IsHub) return;
            isAsked.Release();
            never.Wait(Cancellation);
        });
        var answer = gateway.Ask("GetIndicator");
        await isAsked.WaitAsync(Cancellation);
        gateway.Grid.Current = null;
        await Eventually.Holds(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return answer.IsCompleted;
            },
            "the owner is answered");
        never.Set();
        (await answer).Out.ShouldBe(["hub"]);
    }

    private static V1.AnalysisService.AnalysisServiceClient Client(RunningGateway gateway) => new(gateway.Channel);

    private static async Task<RunningGateway> CutOff()
    {
        var gateway = await RunningGateway.Start();
        gateway.Grid.Answer(atHub: ["AT"], inFull: ["BE", "DE"]);
        gateway.Grid.OnTrend = (home, _) => new(
            TrendView.Empty with { TalliesByJurisdiction = [new(home.Code, SightingKind.Positive, new(1, 0, 0))] }, ["DE"], 1);
        gateway.Grid.OnLastSeen = (home, _, _) => new([new(0, new(Contracts.Observables.ObservableType.Ipv4Addr, "192.0.2.1"))], null, 1);
        (gateway.Grid.Current, gateway.Grid.OnAccepts, gateway.Grid.OnUnreachable) = (null, _ => false, () => ["DE"]);
        return gateway;
    }

    private static void OnlyTheOwnHomeWasAsked(RunningGateway gateway)
    {
        gateway.Grid.Calls.ShouldAllBe(call => call.StartsWith("BE "));
        gateway.Grid.OwnOnly.ShouldAllBe(isOwnOnly => isOwnOnly);
    }
}
