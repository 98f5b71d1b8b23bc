using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>A watch through a real gateway, when time alone changes what it tells of.</summary>
public sealed class AgeingWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Ten minutes before a full hour.
    private static readonly DateTimeOffset Start = new(2026, 8, 23, 0, 50, 0, TimeSpan.Zero);

    [Fact]
    public async Task IncidentsThatOnlyAge_AreToldAtTheFullHour_AsTheyAreOrAsGone()
    {
        var (clock, say) = (new SetForwardClock(Start), new Saying(Start, 1));
        await using var grid = await TestGrid.Start(
            new(Consortium.All, []) { Time = clock }, new SiloPlan("one", "hub", "BE", "DE", "FR"));
        await using var gateway = await GridGateway.Start(grid, "one");
        await Push(gateway, "soc.be", Recent("alone.example"), Recent("left.example", "right.example"), Recent("leaves.example", "right.example"));
        await Push(gateway, "soc.de", Old("alone.example"), Recent("left.example", "right.example"), Old("leaves.example"));
        await grid.ReleasesCaughtUp();
        using var watch = gateway.Watch("soc.fr", new() { Incidents = true });
        var start = (await Next(watch)).Cursor;
        clock.SetForward(TimeSpan.FromMinutes(11));
        var told = await ToldSince(gateway, watch, start);
        told.Select(Text).ShouldBe(["gone alone.example", "2 BE DE and 1 more", "gone leaves.example"]);
        told.ShouldAllBe(message => message.At.ToDateTimeOffset() == Start.AddMinutes(10));
        told.Take(2).ShouldAllBe(message => message.Cursor == start, "a break here tells all of them again");
        var id = told[0].IncidentGone.Id;
        var asked = new RpcCase(
            V1.AnalysisService.Descriptor.FindMethodByName("GetIncident"), new V1.GetIncidentRequest { IncidentId = id });
        (await gateway.Ask("soc.fr", asked)).Code.ShouldBe(StatusCode.NotFound);

        V1.Sighting Recent(params string[] domains) => say.Sighting(V1.Tlp.Clear, domains);

        // Within the hour that leaves.
        V1.Sighting Old(string domain)
        {
            var sighting = say.Sighting(V1.Tlp.Clear, domain);
            sighting.FirstSeen = sighting.LastSeen = say.At(TimeSpan.FromDays(-7) + TimeSpan.FromMinutes(25));
            return sighting;
        }
    }

    private static async Task Push(GridGateway gateway, string owner, params V1.Sighting[] sightings)
    {
        var heard = await gateway.Ask(owner, Saying.Push(new() { Sightings = { sightings } }));
        heard.Code.ShouldBe(StatusCode.OK, heard.Text);
        V1.BatchAck.Parser.ParseFrom(heard.Messages.Single()).Accepted.ShouldBe((uint)sightings.Length);
    }

    // Until the cursor moves; as a client does, who watches again where a watch ends unavailable.
    private static async Task<List<V1.WatchResponse>> ToldSince(
        GridGateway gateway, AsyncServerStreamingCall<V1.WatchResponse> watch, string start)
    {
        var told = new List<V1.WatchResponse>();
        for (var attempt = 0; attempt < 1_000;)
        {
            try
            {
                var message = await Next(watch);
                if (message.ChangeCase != V1.WatchResponse.ChangeOneofCase.None) told.Add(message);
                if (message.Cursor != start) return told;
            }
            catch (RpcException ended) when (ended.StatusCode == StatusCode.Unavailable)
            {
                told.Clear();
                attempt++;
                watch = gateway.Watch("soc.fr", new() { Incidents = true, Cursor = start });
            }
        }
        throw new InvalidOperationException("It stays unavailable.");
    }

    private static async Task<V1.WatchResponse> Next(AsyncServerStreamingCall<V1.WatchResponse> watch) =>
        await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience)
            ? watch.ResponseStream.Current : throw new InvalidOperationException("The watch ended.");

    private static string Text(V1.WatchResponse message) => message.IncidentGone is { } gone
        ? $"gone {gone.Observable.Value}"
        : $"{message.Incident.CoreCount} {string.Join(' ', message.Incident.MemberStates)} and {message.Incident.FringeCount} more";

    // Goes on from an instant, and may be set forward.
    private sealed class SetForwardClock(DateTimeOffset start) : TimeProvider
    {
        private readonly long _startedAt = TimeProvider.System.GetTimestamp();
        private long _forwardTicks;

        public void SetForward(TimeSpan by) => Interlocked.Add(ref _forwardTicks, by.Ticks);

        public override DateTimeOffset GetUtcNow() =>
            start + GetElapsedTime(_startedAt) + TimeSpan.FromTicks(Interlocked.Read(ref _forwardTicks));
    }
}
