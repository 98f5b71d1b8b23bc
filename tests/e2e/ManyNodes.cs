using System.Collections.Concurrent;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shouldly;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// A grid of several processes: the hub with EU, Belgium, Germany, and a gateway that carries nothing, each with a data directory and identities
/// of its own.
/// </summary>
internal sealed class ManyNodes : IAsyncDisposable
{
    public const string Hub = "hub";
    public const string Be = "be";
    public const string De = "de";
    public const string Gateway = "gateway";

    private static readonly Dictionary<string, string> Homes = new() { [Hub] = "hub,EU", [Be] = "BE", [De] = "DE", [Gateway] = "none" };

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, NodeAddresses> _at = [];
    private readonly ConcurrentDictionary<string, NodeProcess> _nodes = [];

    public NodeProcess this[string node] => _nodes[node];

    /// <summary>A folder below that of the grid.</summary>
    public string Folder(string name) => Path.Combine(_folder.Path, name);

    /// <summary>The folder of the consortium's files, which the hub reads when it starts.</summary>
    public string Consortium { get; set; } = Repository.RealStream;

    /// <summary>Starts the four nodes at once, whichever is ready first; the hub's keeps the list of nodes.</summary>
    public static Task<ManyNodes> Start()
    {
        var primary = NodeAddresses.FreeEndpoint();
        return Start(Homes, (node, _) =>
        [
            ("Cluster__Membership", "development"), ("Cluster__Primary", primary),
            .. node == Hub ? new[] { ("Cluster__SiloEndpoint", primary) } : [],
        ]);
    }

    /// <summary>The same with a list of nodes in a Redis, and more settings of some nodes.</summary>
    public static Task<ManyNodes> Start(RedisProcess members, params (string Node, string Key, string Value)[] more) => Start(
        Homes, (node, _) => [.. InRedis(members.Endpoint), .. more.Where(each => each.Node == node).Select(each => (each.Key, each.Value))]);

    /// <summary>What a configuration says of a list of nodes in a Redis.</summary>
    public static (string Key, string Value)[] InRedis(string endpoint) => [("Cluster__Membership", "redis"), ("Cluster__Redis", endpoint)];

    /// <summary>Starts nodes at once, whichever is ready first.</summary>
    /// <param name="homes">The nodes, <see cref="Hub"/> among them, and what each carries.</param>
    /// <param name="settings">What else a node's configuration says, given its name and where its silo listens.</param>
    public static async Task<ManyNodes> Start(
        IReadOnlyDictionary<string, string> homes, Func<string, string, (string Key, string Value)[]> settings)
    {
        var grid = new ManyNodes();
        try
        {
            foreach (var (node, carried) in homes)
            {
                await grid.Give(carried, node);
                var silo = NodeAddresses.FreeEndpoint();
                grid._at[node] = Address(node, carried, silo, settings(node, silo));
            }
            var starting = homes.Keys.ToDictionary(node => node, grid.StartOne);
            await Task.WhenAll(starting.Values).ContinueWith(_ => { }, TaskScheduler.Default);
            foreach (var (node, start) in starting)
                if (start.IsCompletedSuccessfully) grid._nodes[node] = await start;
            await Task.WhenAll(starting.Values);
            return grid;
        }
        catch
        {
            await grid.DisposeAsync();
            throw;
        }
    }

    /// <summary>The addresses and settings of a node of this grid, for another one in its place.</summary>
    public NodeAddresses Like(string node) => NodeAddresses.Free() with
    {
        Settings = new Dictionary<string, string>(_at[node].Settings) { ["Cluster__SiloEndpoint"] = NodeAddresses.FreeEndpoint() },
    };

    /// <summary>Gives a data directory the identities of some homes.</summary>
    public async Task Give(string homes, string to)
    {
        var command = $"dotnet '{Repository.Silo}' identities give --from '{Folder("grid")}' --to '{Folder(to)}/dev' --homes {homes}";
        (await Shell.Run(command, _folder.Path)).ShouldBe(0);
    }

    public async Task Restart(string node)
    {
        await _nodes[node].DisposeAsync();
        _nodes[node] = await StartOne(node);
    }

    /// <summary>SIGKILL to all nodes, then starts them all at once.</summary>
    public async Task RestartAll()
    {
        foreach (var node in _nodes.Values) await node.Kill();
        await Task.WhenAll(_nodes.Keys.ToList().Select(Restart));
    }

    /// <summary>Waits until a node has ended by itself, and starts it again, as a supervisor does. Gives what the one that ended had said.</summary>
    public async Task<string> Supervise(string node)
    {
        await _nodes[node].Ended();
        var said = _nodes[node].Output;
        await Restart(node);
        return said;
    }

    /// <summary>Pushes one sighting of a domain through a node.</summary>
    public async Task<BatchAck> Push(string node, string owner, Tlp tlp, string domain, string? id = null, Timestamp? embargoUntil = null)
    {
        using var grid = _nodes[node].Connect();
        var headers = new Metadata { { "authorization", "Bearer " + TokenOf(owner) } };
        using var call = new SightingService.SightingServiceClient(grid.Invoker).Push(headers);
        // A minute and a second after a full hour: that an answer is cut to the hour can be told.
        var yesterday = new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero).AddHours(-1);
        var at = Timestamp.FromDateTimeOffset(yesterday.AddSeconds(61));
        var sighting = new Sighting
        {
            Id = id ?? Guid.NewGuid().ToString(),
            Observables = { new Observable { Type = "domain-name", Value = domain } },
            FirstSeen = at,
            LastSeen = at,
            Kind = Kind.Positive,
            Marking = new() { Tlp = tlp, EmbargoUntil = embargoUntil },
        };
        await call.RequestStream.WriteAsync(new() { Sightings = { sighting } });
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        return call.ResponseStream.Current;
    }

    /// <summary>What an organisation sees of a domain through a node.</summary>
    public async Task<GetIndicatorResponse> See(string node, string organisation, string domain)
    {
        using var grid = _nodes[node].Connect();
        return await new GridViews(grid.Invoker, TokenOf(organisation)).IndicatorAsync(
            new() { Type = "domain-name", Value = domain }, CancellationToken.None);
    }

    /// <summary>The status of a call that is refused; OK when it is not.</summary>
    public static async Task<StatusCode> StatusOf(Task call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values) await node.DisposeAsync();
        _folder.Dispose();
    }

    public string TokenOf(string organisation) => new TokenFiles(Folder(Hub)).Read(organisation);

    private Task<NodeProcess> StartOne(string node) => NodeProcess.StartAt(
        Folder(node), _at[node], node == Hub ? ["--consortium", Consortium] : []);

    private static NodeAddresses Address(string node, string homes, string silo, (string Key, string Value)[] cluster)
    {
        var settings = new Dictionary<string, string>
        {
            ["Node__Name"] = node + "-0",
            ["Node__Homes"] = homes,
            ["Cluster__SiloEndpoint"] = silo,
        };
        foreach (var (key, value) in cluster) settings[key] = value;
        return NodeAddresses.Free() with { Settings = settings };
    }
}
