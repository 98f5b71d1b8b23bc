using System.Collections.Concurrent;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.Client.Watching;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>
/// A working day in seconds: both states push, also what is refused, and analysts of three jurisdictions ask, list and watch, through
/// Germany's node, Belgium's and the gateway. It goes on whatever fails, so that what is broken leaks as it would.
/// </summary>
internal sealed class MixedRun(StateGrid grid, Belgium belgium) : IAsyncDisposable
{
    private const int NoiseBatches = 4;
    private const int NoiseSightings = 20;

    // A watch with incidents looks around each value that its partner sees, and everything that a node does is logged here.
    private const int ShownNoise = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly Dictionary<string, GridConnection> _connections = [];
    private readonly CancellationTokenSource _done = new();
    private readonly List<Task> _watching = [];
    private readonly HashSet<(string Organisation, string Value)> _watched = [];
    private readonly ConcurrentQueue<string> _wrong = [];

    /// <summary>What was not answered as it must be.</summary>
    public IEnumerable<string> Wrong => _wrong;

    /// <summary>All of it while Belgium is there.</summary>
    public async Task WithBelgium()
    {
        foreach (var (node, organisation) in Analysts) _watching.Add(Watch(node, organisation));
        await Within("the watches begin", () => Analysts.All(each => HasHeard(each.Organisation, "")));
        await Push();
        await Within("the hub has what is released", grid[StateGrid.Be].HasReleased);
        await Ask();
        // When something failed already, they have no duty any more.
        if (_wrong.IsEmpty)
            await Within("the watches tell what each may see", () => Analysts.All(
                each => Known(each.Organisation).All(of => HasHeard(each.Organisation, of.Observables[0].Value))));
    }

    /// <summary>What is left when no silo of Belgium is alive: its owners are not answered, others by what the hub has.</summary>
    public async Task WithoutBelgium()
    {
        await Within("Belgium is known to be out", IsBelgiumOut);
        await AskWithoutBelgium();
    }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await Task.WhenAll(_watching).ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var connection in _connections.Values) connection.Dispose();
        _done.Dispose();
    }

    private async Task Push()
    {
        await Task.WhenAll(
            Push(StateGrid.Be, Belgium.Energy, belgium.Energys, accepted: belgium.Energys.Count()),
            Push(StateGrid.Gateway, Belgium.Soc, [belgium.Own], accepted: 1),
            Push(StateGrid.Gateway, "nsoc.de", [German(belgium.Green)], accepted: 1),
            Noise(StateGrid.Be, Belgium.Energy), Noise(StateGrid.De, "energy.de"), Noise(StateGrid.Gateway, "nsoc.de"));
        await Push(StateGrid.Be, Belgium.Energy, belgium.Energys, accepted: 0);
        await Push(StateGrid.Be, Belgium.Energy, belgium.Refused(), accepted: 0);
        foreach (var said in belgium.Contributions())
            await Ask(StateGrid.Be, Belgium.Energy, "contribute", StatusCode.OK, views => views.ContributeAsync(said, CancellationToken.None));
    }

    // Everything that somebody may ask for without naming what it cannot know.
    private async Task Ask()
    {
        await Task.WhenAll(Analysts.Select(each => AskAll(each.Node, each.Organisation)));
        foreach (var sighting in belgium.Energys) await AskAsset(Belgium.Energy, sighting);
        await AskAsset(Belgium.Soc, belgium.Own);
        await Ask(StateGrid.De, "energy.de", "another's asset", StatusCode.NotFound,
            views => views.AssetAsync(Belgium.Energy, "unheard", CancellationToken.None));
        await Ask(StateGrid.Gateway, "enisa", "nobody's value", StatusCode.NotFound,
            views => views.IndicatorAsync(new() { Type = "domain-name", Value = "unheard.example" }, CancellationToken.None));
        await Ask(StateGrid.Gateway, "enisa", "no value", StatusCode.InvalidArgument,
            views => views.IndicatorAsync(new() { Type = "ipv4-addr", Value = "unheard" }, CancellationToken.None));
    }

    private async Task AskWithoutBelgium()
    {
        var (own, others) = (belgium.Own.Observables[0], belgium.Green.Observables[0]);
        await Ask(StateGrid.Gateway, Belgium.Soc, "own value", StatusCode.Unavailable, views => views.IndicatorAsync(own, CancellationToken.None));
        await Ask(StateGrid.Gateway, Belgium.Soc, "own list", StatusCode.Unavailable,
            views => views.IndicatorsAsync(new(), NoiseSightings, CancellationToken.None));
        foreach (var organisation in (string[])["nsoc.de", "enisa"])
            await Ask(StateGrid.Gateway, organisation, "what is released", StatusCode.OK,
                views => views.IndicatorAsync(others, CancellationToken.None));
        await Ask(StateGrid.Gateway, "nsoc.de", "evidence", StatusCode.Unavailable, views => Evidence(views, belgium.Full.Observables[0]));
        await PushRefused(StateGrid.Gateway, Belgium.Soc, Random(isShown: true));
    }

    private async Task<bool> IsBelgiumOut()
    {
        try
        {
            var seen = await Views(StateGrid.Gateway, "enisa").IndicatorAsync(belgium.Green.Observables[0], CancellationToken.None);
            return seen.UnavailableJurisdictions.Contains("BE");
        }
        catch (RpcException)
        {
            return false;
        }
    }

    private static (string Node, string Organisation)[] Analysts =>
        [(StateGrid.Gateway, "nsoc.de"), (StateGrid.De, "energy.de"), (StateGrid.Gateway, "enisa"), (StateGrid.Be, Belgium.Soc)];

    // What each may know of.
    private IEnumerable<Sighting> Known(string organisation) => organisation switch
    {
        "nsoc.de" => [belgium.Green, belgium.Agreed, belgium.Full, belgium.Joined],
        Belgium.Soc => [belgium.Green, belgium.Own],
        _ => [belgium.Green],
    };

    private async Task AskAll(string node, string organisation)
    {
        foreach (var observable in Known(organisation).Select(sighting => sighting.Observables[0]))
        {
            await Ask(node, organisation, "indicator", StatusCode.OK, views => views.IndicatorAsync(observable, CancellationToken.None));
            await Ask(node, organisation, "evidence", StatusCode.OK, views => Evidence(views, observable));
        }
        await Ask(node, organisation, "incident", StatusCode.OK,
            views => views.IncidentAsync(new() { Observable = belgium.Green.Observables[0] }, CancellationToken.None));
        await Ask(node, organisation, "list", StatusCode.OK, views => views.IndicatorsAsync(new(), NoiseSightings, CancellationToken.None));
        await Ask(node, organisation, "incidents", StatusCode.OK, views => views.IncidentsAsync(new(), NoiseSightings, CancellationToken.None));
        await Ask(node, organisation, "trend", StatusCode.NotFound,
            views => views.TrendAsync(new() { Technique = "T1001" }, CancellationToken.None));
    }

    private Task AskAsset(string owner, Sighting sighting) => Ask(
        StateGrid.Be, owner, "asset", StatusCode.OK, views => views.AssetAsync(owner, sighting.Asset.Id, CancellationToken.None));

    private static async Task Evidence(GridViews views, Observable observable)
    {
        await foreach (var _ in views.EvidenceAsync(observable, 100, CancellationToken.None))
        {
            // All of it.
        }
    }

    private async Task Ask(string node, string organisation, string what, StatusCode expected, Func<GridViews, Task> ask)
    {
        var code = await ManyNodes.StatusOf(ask(Views(node, organisation)));
        if (code != expected) _wrong.Enqueue($"{organisation} at {node}, {what}: {code}, not {expected}");
    }

    private Task Within(string what, Func<bool> condition) => Within(what, () => Task.FromResult(condition()));

    private async Task Within(string what, Func<Task<bool>> condition)
    {
        try
        {
            await Eventually.Holds(condition, what, Patience);
        }
        catch (TimeoutException e)
        {
            _wrong.Enqueue(e.Message);
        }
    }

    private async Task Watch(string node, string organisation)
    {
        var watches = new WatchClient(ConnectionTo(node).Invoker, grid.TokenOf(organisation), TimeProvider.System);
        await foreach (var message in watches.WatchAsync(new() { Incidents = true }, _done.Token))
            lock (_watched) _watched.Add((organisation, message.Indicator?.Observable.Value ?? ""));
    }

    private bool HasHeard(string organisation, string value)
    {
        lock (_watched) return _watched.Contains((organisation, value));
    }

    private async Task Push(string node, string owner, IEnumerable<Sighting> sightings, int accepted)
    {
        try
        {
            var ack = await PushBatch(node, owner, sightings);
            if (ack.Accepted != accepted) _wrong.Enqueue($"{owner} at {node}: {ack.Accepted} accepted, not {accepted}: {ack}");
        }
        catch (RpcException e)
        {
            _wrong.Enqueue($"{owner} at {node}, push: {e.StatusCode}");
        }
    }

    private async Task PushRefused(string node, string owner, Sighting sighting)
    {
        var code = await ManyNodes.StatusOf(PushBatch(node, owner, [sighting]));
        if (code != StatusCode.Unavailable) _wrong.Enqueue($"{owner} at {node}, push: {code}");
    }

    private async Task<BatchAck> PushBatch(string node, string owner, IEnumerable<Sighting> sightings)
    {
        using var call = new SightingService.SightingServiceClient(ConnectionTo(node).Invoker).Push(
            new Metadata { { "authorization", "Bearer " + grid.TokenOf(owner) } });
        await call.RequestStream.WriteAsync(new() { Sightings = { sightings } });
        await call.RequestStream.CompleteAsync();
        await call.ResponseStream.MoveNext(CancellationToken.None);
        return call.ResponseStream.Current;
    }

    private async Task Noise(string node, string owner)
    {
        for (var batch = 0; batch < NoiseBatches; batch++)
            await Push(node, owner, [.. Enumerable.Range(0, NoiseSightings).Select(number => Random(isShown: number < ShownNoise))], NoiseSightings);
    }

    private Sighting Random(bool isShown)
    {
        var sighting = German(belgium.Green);
        sighting.Observables[0].Value = $"{Guid.NewGuid():n}.example";
        sighting.Marking.Tlp = isShown ? Tlp.Green : Tlp.Red;
        return sighting;
    }

    // The same value, and nothing else of it.
    private static Sighting German(Sighting of) => new()
    {
        Id = Guid.NewGuid().ToString(),
        Observables = { of.Observables[0].Clone() },
        FirstSeen = of.FirstSeen,
        LastSeen = of.LastSeen,
        Kind = Kind.Positive,
        Marking = new() { Tlp = Tlp.Green },
    };

    private GridViews Views(string node, string organisation) => new(ConnectionTo(node).Invoker, grid.TokenOf(organisation));

    private GridConnection ConnectionTo(string node)
    {
        lock (_connections)
            return _connections.TryGetValue(node, out var known) ? known : _connections[node] = grid[node].Connect();
    }
}
