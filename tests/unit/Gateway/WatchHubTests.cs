using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Watching;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>A node that ceases to be core for having too many neighbours is told to be gone, and what it held together as it is; once.</summary>
public sealed class WatchHubTests
{
    private static readonly Observable Hub = new(ObservableType.DomainName, "hub.example");
    private static readonly Observable Beside = new(ObservableType.DomainName, "beside.example");

    private static readonly IndicatorView Seen =
        IndicatorView.Empty with { TalliesByJurisdiction = [new("DE", SightingKind.Positive, new(1, 1, 1, 50))] };

    private long _clock = Samples.Now;
    private long _head;
    private string _cursor = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_ThatBecomesAHub_IsGoneOnce_AndAgainForWhoComesBack()
    {
        await using var gateway = await RunningGateway.Start();
        string[] gone = ["hub.example", "INC-beside.example", "gone INC-hub.example"], core = ["hub.example", "INC-beside.example"];
        var before = "";
        using (var watch = gateway.Watch(new() { Incidents = true }))
        {
            await Next(watch);
            (await Told(watch, degree: Bounds.HubDegree - 1)).ShouldBe(core);
            before = _cursor;
            (await Told(watch, Bounds.HubDegree)).ShouldBe(gone);
            (await Told(watch, Bounds.HubDegree)).ShouldBe(["hub.example"]);
            (await Told(watch, Bounds.HubDegree + 1)).ShouldBe(["hub.example"]);
            (await Told(watch, Bounds.HubDegree - 1)).ShouldBe(core);
            (await Told(watch, Bounds.HubDegree)).ShouldBe(gone);
        }
        // Who was away may not know it.
        using var resumed = gateway.Watch(new() { Incidents = true, Cursor = before });
        await Next(resumed);
        (await Told(resumed, Bounds.HubDegree)).ShouldBe(gone);

        async Task<List<string>> Told(AsyncServerStreamingCall<V1.WatchResponse> watch, int degree)
        {
            Answer(gateway, degree);
            var told = new List<string>();
            // The last of the messages that belong together moves the cursor.
            for (var start = _cursor; _cursor == start;) told.Add(Text(await Next(watch)));
            // Signs of life, of which a busy machine may bring some.
            told.RemoveAll(text => text == "None");
            return told;
        }
    }

    [Fact]
    public void ToldHubs_AreBounded()
    {
        var hubs = new ToldHubs();
        hubs.Note(Hub, isHub: true);
        hubs.Hold(Hub).ShouldBeTrue();
        for (var i = 0; i < ToldHubs.NodesMax; i++) hubs.Note(Beside with { Text = $"{i}.example" }, isHub: true);
        hubs.Hold(Hub).ShouldBeFalse("it is told again rather than kept for ever");
    }

    // From now on the node has so many neighbours, and changed once more.
    private void Answer(RunningGateway gateway, int degree)
    {
        var grid = gateway.Grid;
        grid.OnNow = () => Interlocked.Add(ref _clock, 25);
        grid.OnIndicatorOf = (home, _) => new(home.IsHub ? Seen : IndicatorView.Empty, [], 1);
        grid.OnCorrelate = (home, node) => new(home.IsHub && (node == Hub || node == Beside) ? Around(node) : new([], [], []), [], 1);
        var head = ++_head;
        grid.OnChanges = (home, after) =>
        {
            var (at, to) = (after?.Position ?? head - 1, home.IsHub ? head : 0);
            return home.IsHub && to > at
                ? new([new(_clock, Hub)], new(after is null ? at : to, 0, 1), to, IsTooMuch: false, IsBehind: false)
                : new([], new(at, 0, 1), at, IsTooMuch: false, IsBehind: false);
        };

        Correlation Around(Observable node) => new(
            [new("DE", _clock, []), new("FR", _clock, [])],
            [new(ObservableType.DomainName, [.. NamesBeside(node).Select(name => new Contracts.Views.Seen(name, _clock))])], []);

        IEnumerable<string> NamesBeside(Observable node) => node == Beside
            ? [Hub.Text] : [Beside.Text, .. Enumerable.Range(1, degree - 1).Select(i => $"n{i}.example")];
    }

    private async Task<V1.WatchResponse> Next(AsyncServerStreamingCall<V1.WatchResponse> watch)
    {
        var message = await watch.Next();
        _cursor = message.Cursor;
        return message;
    }

    private static string Text(V1.WatchResponse message) => message.IncidentGone is { } gone
        ? "gone " + gone.Id : message.Indicator?.Observable.Value ?? message.Incident?.Id ?? message.ChangeCase.ToString();
}
