using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Gateway.Analysis;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>How much one organisation may ask at once, and what stops an answer that is under way.</summary>
public sealed class QuestionsTests
{
    private static readonly V1.Observable Asked = new() { Type = "ipv4-addr", Value = "192.0.2.1" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shares_AllTaken_TheNextWaitsAndIsServedWhenOneIsBack()
    {
        await using var shares = Shares(new(), most: 2);
        var one = await shares.Take("a", 1, default);
        using var two = await shares.Take("a", 1, default);
        var third = shares.Take("a", 1, default);
        third.IsCompleted.ShouldBeFalse();
        (await shares.Take("b", 2, default)).Dispose();
        one.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Shares_WaitedTooLongOrTooManyWait_AreRefusedWithTheReason()
    {
        var time = new FakeTimeProvider();
        await using var shares = Shares(time, most: 2);
        using var all = await shares.Take("a", QuestionShares.OfStream, default);
        var waiting = Enumerable.Range(0, 8).Select(_ => shares.Take("a", 1, default).AsTask()).ToList();
        await Refused(shares.Take("a", 1, default).AsTask());
        waiting.ShouldAllBe(task => !task.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(10));
        foreach (var task in waiting) await Refused(task);
        using var gone = new CancellationTokenSource();
        var cancelled = shares.Take("a", 1, gone.Token).AsTask();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);

        static async Task Refused(Task task)
        {
            var error = await Should.ThrowAsync<RpcException>(() => task);
            error.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
            error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason.ShouldBe("TOO_MANY_QUESTIONS");
        }
    }

    [Fact]
    public async Task Questions_OfOneOrganisation_AreBoundedAndOthersAreAnswered()
    {
        await using var gateway = await RunningGateway.Start(("Gateway:Questions", "1"), ("Gateway:QuestionPatienceSeconds", "600"));
        using var answer = new ManualResetEventSlim();
        var (now, most) = (0, 0);
        gateway.Grid.OnAsset = (_, owner, _) =>
        {
            if (owner != "nsoc.be") return new(AssetView.Empty, 1);
            most = Math.Max(most, Interlocked.Increment(ref now));
            answer.Wait(Cancellation);
            Interlocked.Decrement(ref now);
            return new(AssetView.Empty, 1);
        };
        var held = Enumerable.Range(0, 4).Select(_ => Ask("nsoc.be")).ToList();
        await Eventually.Holds(() => now == 1, "a question is being answered");
        (await Ask("nsoc.de")).ShouldBe(StatusCode.NotFound);
        answer.Set();
        (await Task.WhenAll(held)).ShouldAllBe(status => status == StatusCode.NotFound);
        most.ShouldBe(1);

        async Task<StatusCode> Ask(string organisation) => (await Should.ThrowAsync<RpcException>(async () =>
            await new V1.AnalysisService.AnalysisServiceClient(gateway.Channel).GetAssetAsync(
                new() { Owner = organisation, AssetId = "x" }, gateway.As(organisation), cancellationToken: Cancellation))).StatusCode;
    }

    [Theory]
    [InlineData(true, StatusCode.Aborted)]
    [InlineData(false, StatusCode.Unavailable)]
    public async Task StreamEvidence_PolicyNarrowsOrLeaseEndsBetweenTwoMessages_SendsNoMore(bool isNewer, StatusCode expected)
    {
        var grid = new FakeGrid { OnEvidence = (home, _) => new([Evidence(home.Code, 1), Evidence(home.Code, 2)], null, 1) };
        var sent = 0;
        var error = await Should.ThrowAsync<RpcException>(() => new EvidenceAnswer(grid, grid, Nothing).Send(
            new("BE"), new(Contracts.Observables.ObservableType.Ipv4Addr, "192.0.2.1"), 10, _ =>
            {
                sent++;
                grid.Current = isNewer ? Samples.Policy.Append([Samples.Policy.Newest!.Organisations[0]], []) : null;
                return Task.CompletedTask;
            }));
        error.StatusCode.ShouldBe(expected);
        sent.ShouldBe(1);
    }

    [Fact]
    public async Task StreamEvidence_LongerThanAnAnswerMayBe_SaysSoAfterWhatFits()
    {
        var large = Evidence("BE", 1) with { Description = new('x', 1_000_000) };
        var grid = new FakeGrid { OnEvidence = (_, _) => new([large], new(large, 1), 1) };
        var sent = 0L;
        var error = await Should.ThrowAsync<RpcException>(() => new EvidenceAnswer(grid, grid, Nothing).Send(
            new("BE"), new(Contracts.Observables.ObservableType.Ipv4Addr, "192.0.2.1"), 10_000, message =>
            {
                sent += message.CalculateSize();
                return Task.CompletedTask;
            }));
        error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason.ShouldBe("ANSWER_TOO_LARGE");
        sent.ShouldBeInRange(66_000_000, Contracts.Bounds.EvidenceAnswerBytesMax);
    }

    [Fact]
    public async Task StreamEvidence_LimitBeyondTheMost_IsRefused()
    {
        await using var gateway = await RunningGateway.Start();
        using var call = new V1.AnalysisService.AnalysisServiceClient(gateway.Channel).StreamEvidence(
            new() { Observable = Asked, Limit = 10_001 }, gateway.As("nsoc.be"), cancellationToken: Cancellation);
        (await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation)))
            .StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    private static QuestionShares Shares(FakeTimeProvider time, int most) =>
        new(Options.Create(new GatewayOptions { Questions = most }), time);

    private static Answer<IndicatorView> Nothing => new(IndicatorView.Empty, new(new("token"), Samples.Now), 1, [], []);

    private static DisclosedSighting Evidence(string jurisdiction, long lastSeen) => new(
        DisclosureLevel.Redacted, [], SightingKind.Positive, 1, 0, lastSeen, 50,
        DisclosedMarking.Redacted(new(Tlp.Green, Pap.Amber, Attribution.Named, [], null, null)), [], jurisdiction, null,
        null, null, null, null);
}
