using CrossBorderSoc.Grains.Consortium;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Consortium;

/// <summary>
/// The grid's time and the lease, whatever the way to the hub and back takes. The hub's clock and the node's monotonic one are the
/// same fake one, so that what the node thinks of the hub's time can be compared with it.
/// </summary>
public sealed class PolicyReplicaTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new(2026, 8, 23, 0, 0, 0, TimeSpan.Zero));
    private readonly SlowHub _hub;
    private readonly PolicyReplica _replica;

    public PolicyReplicaTests()
    {
        _hub = new(() => HubTime);
        _replica = new(
            OneActor.Factory(_hub), new NoTokens(), _time, NullLogger<PolicyReplica>.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private long HubTime => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public async ValueTask InitializeAsync() => await _replica.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        _hub.Close();
        await _replica.StopAsync(CancellationToken.None);
        _replica.Dispose();
        _hub.Dispose();
    }

    [Fact]
    public async Task Now_HoweverLongTheHubTakes_IsNeverAheadOfIt()
    {
        var read = await Renew(waits: 4_000, returns: 3_000);
        _replica.Now.ShouldBe(read, "the way back is not known, so it does not count");
        _time.Advance(TimeSpan.FromSeconds(2));
        _replica.Now.ShouldBe(read + 2_000);
        _replica.Now.ShouldBeLessThanOrEqualTo(HubTime);
    }

    [Fact]
    public async Task Now_AfterASlowerAnswer_StandsStillAndNeverGoesBack()
    {
        await Renew(waits: 0, returns: 0);
        _time.Advance(TimeSpan.FromSeconds(1));
        var read = await Renew(waits: 0, returns: 4_000);
        _replica.Now.ShouldBe(read + 4_000, "it had come so far before");
        _time.Advance(TimeSpan.FromSeconds(4));
        _replica.Now.ShouldBe(read + 4_000);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _replica.Now.ShouldBe(read + 4_001);
        _replica.Now.ShouldBeLessThanOrEqualTo(HubTime);
    }

    [Fact]
    public async Task Lease_RunsFromBeforeTheQuestion()
    {
        await Renew(waits: 4_000, returns: 3_000);
        _time.Advance(TimeSpan.FromMilliseconds(2_999));
        _replica.Current.ShouldNotBeNull();
        _replica.Accepts(_replica.Now).ShouldBeTrue();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _replica.Current.ShouldBeNull();
        _replica.LastKnown.ShouldNotBeNull();
        _replica.Accepts(_replica.Now).ShouldBeFalse();
    }

    [Fact]
    public async Task Accepts_InstantsOfAtMostOneLease_HoweverLateThisNodeIs()
    {
        var read = await Renew(waits: 4_000, returns: 3_000);
        // The hub may have read its clock just before it got the question: then its time is seven seconds on by now.
        _replica.Accepts(read + 7_000 - 10_000).ShouldBeTrue();
        _replica.Accepts(read + 7_000 - 10_001).ShouldBeFalse();
        _replica.Accepts(read + 10_000).ShouldBeTrue();
        _replica.Accepts(read + 10_001).ShouldBeFalse();
    }

    [Fact]
    public void BeforeTheFirstPolicy_NothingIsAccepted()
    {
        _replica.Current.ShouldBeNull();
        _replica.Accepts(_replica.Now).ShouldBeFalse();
    }

    // One renewal: the question waits so many milliseconds at the hub, its answer needs so many for the way back.
    private async Task<long> Renew(int waits, int returns)
    {
        var call = await _hub.Calls.ReadAsync(Cancellation);
        _time.Advance(TimeSpan.FromMilliseconds(waits));
        call.Handle.SetResult();
        var read = await call.Read.Task.WaitAsync(Cancellation);
        _time.Advance(TimeSpan.FromMilliseconds(returns));
        call.Answer.SetResult();
        // Within a second there is no other question; after one, it comes as soon as this answer is taken.
        if (waits + returns < 1_000) await Eventually.Holds(() => _replica.LastKnown is not null, "the answer is taken");
        else await _hub.Calls.WaitToReadAsync(Cancellation);
        return read;
    }
}
