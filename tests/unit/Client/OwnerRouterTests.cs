using System.Runtime.CompilerServices;
using CrossBorderSoc.Client;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Ndjson;
using CrossBorderSoc.Client.Pushing;
using CrossBorderSoc.V1;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

public sealed class OwnerRouterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, 2_000)]
    [InlineData(64, 10_000_000)]
    public async Task Push_RowsOfManyOwnersMixed_EachLandsUnderItsTokenInItsOrder(int streams, long bytes)
    {
        var sightings = new FakeSightings();
        var result = await PushAsync(sightings, Rows(600, line => $"o{line * 7 % 20}"), streams, bytes);
        result.ShouldBe(new PushResult { Accepted = 600 });
        sightings.MostOpen.ShouldBeLessThanOrEqualTo(streams);
        foreach (var owner in sightings.Landed.GroupBy(landed => landed.Token, landed => int.Parse(landed.Id[3..])))
        {
            owner.ShouldBe(owner.Order());
            owner.ShouldAllBe(line => $"Bearer o{line * 7 % 20}" == owner.Key);
        }
    }

    [Fact]
    public async Task Push_OwnerWithoutTokenOrName_RowIsRefusedAndTheRestLands()
    {
        var seen = new Seen();
        var rows = Rows(6, line => line == 2 ? "stranger" : line == 4 ? "" : "o1");
        var result = await PushAsync(new FakeSightings(), rows, 4, 1000, seen);
        result.ShouldBe(new PushResult { Accepted = 4, Refused = 2 });
        seen.Refusals.Select(refusal => (refusal.Line, refusal.Field, refusal.Reason))
            .ShouldBe([(2, "owner", "NO_TOKEN"), (4, "owner", "MISSING")]);
    }

    [Fact]
    public async Task Push_OneTokenRefused_EndsThePushWithItsStatus()
    {
        var result = await PushAsync(new FakeSightings(), Rows(100_000, line => line % 5 == 0 ? "bad" : "o1"), 4, 1000);
        result.Failure!.Value.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        result.Accepted.ShouldBeLessThan(80_000);
    }

    [Fact]
    public async Task Push_ObserverFails_EndsThePushWithItsFailure()
    {
        var push = PushAsync(new FakeSightings(), Rows(100_000, line => $"o{line % 3}"), 4, 1000, new FailingObserver());
        (await Should.ThrowAsync<IOException>(push.WaitAsync(TimeSpan.FromSeconds(60), Stop))).Message.ShouldBe("no room");
    }

    [Fact]
    public async Task Push_GridNeverAcknowledges_HoldsNoMoreThanTheBudget()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var size = new Sighting { Id = "id-11" }.CalculateSize();
        var read = 0;
        var rows = Rows(1_000_000, line => $"o{Math.Min(read = line, 9) % 10}");
        var push = PushAsync(new FakeSightings { Acknowledges = false }, rows, 4, 50 * size, cancellation: stop.Token);
        await Eventually.Holds(() => read >= 50, "the router reads up to its budget");
        await Eventually.StaysSo(() => read <= 60, "it reads no further");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => push);
    }

    private static async Task<PushResult> PushAsync(
        FakeSightings sightings,
        IAsyncEnumerable<NdjsonRow> rows,
        int streams,
        long bytes,
        IPushObserver? seen = null,
        CancellationToken? cancellation = null)
    {
        await using var grid = await FakeGrid.StartAsync(sightings);
        using var connection = GridConnection.To(grid.Url);
        var router = new OwnerRouter(
            owner => owner == "stranger"
                ? null
                : new PushClient(connection.Invoker, owner, new() { BatchSightings = 50 }, TimeProvider.System),
            TimeProvider.System,
            streams,
            bytes);
        return await router.PushAsync(rows, seen, cancellation ?? Stop);
    }

    private static async IAsyncEnumerable<NdjsonRow> Rows(
        int count, Func<int, string> owner, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var line = 1; line <= count; line++)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new(line, owner(line), new Sighting { Id = SomeSightings.Id(line) }, null);
        }
        await Task.CompletedTask;
    }

    private sealed class FailingObserver : IPushObserver
    {
        public void Acknowledged(Acknowledgement acknowledgement) => throw new IOException("no room");

        public void Refused(Refusal refusal)
        {
        }

        public void Interrupted(Interruption interruption)
        {
        }

        public void Resent(int sightings)
        {
        }
    }
}
