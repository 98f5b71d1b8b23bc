using System.Collections.Concurrent;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>Watches through a real gateway over several silos.</summary>
public sealed class WatchTests(Twins twins) : IClassFixture<Twins>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Now = new(2026, 8, 23, 0, 10, 0, TimeSpan.Zero);

    // The newest of each watch.
    private readonly ConcurrentDictionary<AsyncServerStreamingCall<V1.WatchResponse>, string> _cursors = new();

    [Fact]
    public async Task Watches_OfTwinsThatDifferInHiddenThings_TellTheSame()
    {
        foreach (var partner in (string[])["soc.fr", "agency.eu"])
        {
            var request = new V1.WatchRequest { Incidents = true };
            var watches = twins.Both.ConvertAll(twin => twin.Gateway.Watch(partner, request));
            foreach (var watch in watches) (await Next(watch)).ChangeCase.ShouldBe(V1.WatchResponse.ChangeOneofCase.None);
            foreach (var number in Enumerable.Range(1, 3))
            {
                var (value, other) = ($"{partner}-{number}.example", partner == "soc.fr" ? "soc.de" : "soc.fr");
                // The same identifiers in both: what is hidden comes from numbers of its own.
                var first = 100 * number + (partner == "soc.fr" ? 10_000 : 15_000);
                for (var twin = 0; twin < 2; twin++)
                {
                    var (shown, hidden) = (new Saying(Now, first), new Saying(Now, first + 10_000));
                    var besides = hidden.Sighting(V1.Tlp.Red, Twins.Hidden);
                    if (twin == 0) await Push(twin, "soc.be", hidden.Sighting(V1.Tlp.Red, value, Twins.Seen), besides);
                    if (twin == 0) await Push(twin, "soc.de", hidden.Sighting(V1.Tlp.AmberStrict, value));
                    await Push(twin, other, shown.Sighting(V1.Tlp.Clear, value));
                    if (twin == 0) await Push(twin, "soc.be", hidden.Sighting(V1.Tlp.Red, value));
                }
                var told = await Task.WhenAll(watches.Select(ToldOf));
                told[0].ShouldContain($"\"{value}\"");
                told[0].ShouldBe(told[1], partner);
                for (var twin = 0; twin < 2; twin++)
                {
                    var (shown, hidden) = (new Saying(Now, 25_000 + first), new Saying(Now, 35_000 + first));
                    var note = hidden.Contribution(V1.Tlp.Red, V1.ContributionKind.Note, value);
                    if (twin == 0) await Contribute(twin, "soc.be", note);
                    await Contribute(twin, other, shown.Contribution(V1.Tlp.Clear, V1.ContributionKind.Opened, value));
                    if (twin == 0) await Contribute(twin, "soc.be", hidden.Contribution(V1.Tlp.Red, V1.ContributionKind.Opened, value));
                }
                told = await Task.WhenAll(watches.Select(ToldOf));
                told[0].ShouldContain("\"incident\"");
                told[0].ShouldBe(told[1], partner);
            }
            watches.ForEach(watch => watch.Dispose());
        }
    }

    [Fact]
    public async Task Watch_OfAnOwnersOwn_IsToldAtOnceAndFromACursorAgain()
    {
        var (gateway, say) = (twins.Both[1].Gateway, new Saying(Now, 30_000));
        using var watch = gateway.Watch("soc.be", new());
        var start = (await Next(watch)).Cursor;
        await Push(1, "soc.be", say.Sighting(V1.Tlp.Red, "own-1.example"));
        var told = await ToldOf(watch);
        told.ShouldContain("own-1.example");
        using var again = gateway.Watch("soc.be", new() { Cursor = start });
        await Next(again);
        (await ToldOf(again)).ShouldBe(told);
        using var other = gateway.Watch("soc.de", new() { Cursor = start });
        (await Should.ThrowAsync<RpcException>(() => Next(other))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    private async Task Push(int twin, string owner, params V1.Sighting[] sightings)
    {
        var heard = await twins.Both[twin].Gateway.Ask(owner, Saying.Push(new() { Sightings = { sightings } }));
        heard.Code.ShouldBe(StatusCode.OK, heard.Text);
        V1.BatchAck.Parser.ParseFrom(heard.Messages.Single()).Rejections.ShouldBeEmpty();
    }

    private async Task Contribute(int twin, string owner, V1.Contribution said)
    {
        var heard = await twins.Both[twin].Gateway.Ask(owner, Saying.Contribute(said));
        heard.Code.ShouldBe(StatusCode.OK, heard.Text);
    }

    // What is told until the cursor moves: when, and where to go on, apart.
    private async Task<string> ToldOf(AsyncServerStreamingCall<V1.WatchResponse> watch)
    {
        var (told, start) = (new List<string>(), _cursors[watch]);
        while (_cursors[watch] == start)
        {
            var message = await Next(watch);
            message.Cursor.Length.ShouldBe(102);
            (message.Cursor, message.At) = ("", null);
            if (message.ChangeCase != V1.WatchResponse.ChangeOneofCase.None) told.Add(message.ToString());
        }
        return string.Join('\n', told);
    }

    private async Task<V1.WatchResponse> Next(AsyncServerStreamingCall<V1.WatchResponse> watch)
    {
        if (!await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience))
            throw new InvalidOperationException("The watch ended.");
        var message = watch.ResponseStream.Current;
        _cursors[watch] = message.Cursor;
        return message;
    }
}
