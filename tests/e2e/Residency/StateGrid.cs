using CrossBorderSoc.Client.Access;

namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>
/// The hub with EU, Belgium, Germany and a gateway that carries nothing: a process each, without TLS, every wire between them recorded, with
/// everything logged and traced that can be. Hub, Belgium and Germany have a Redis of their own where one is installed.
/// </summary>
internal sealed class StateGrid : IAsyncDisposable
{
    public const string Hub = "hub";
    public const string Be = "be";
    public const string De = "de";
    public const string Gateway = "gateway";

    // A collection would wipe what has been there: none until so many bytes (512 MiB).
    private const string UncollectedBytes = "20000000";
    private static readonly Dictionary<string, string> Homes = new() { [Hub] = "hub,EU", [Be] = "BE", [De] = "DE", [Gateway] = "none" };

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, NodeProcess> _nodes = [];
    private readonly Dictionary<string, RedisProcess> _stores = [];
    private readonly Dictionary<string, RecordedWire> _wires = [];

    public NodeProcess this[string node] => _nodes[node];

    /// <summary>The endpoint of the node that keeps the list of nodes.</summary>
    public string Primary => _wires[Hub].Advertised;

    /// <summary>Starts all nodes at once.</summary>
    /// <param name="consortium">Its two files, by name.</param>
    public static async Task<StateGrid> Start(IReadOnlyDictionary<string, string> consortium)
    {
        var grid = new StateGrid();
        try
        {
            Directory.CreateDirectory(grid.Folder("traces"));
            Directory.CreateDirectory(grid.Folder("consortium"));
            foreach (var (file, text) in consortium) await File.WriteAllTextAsync(Path.Combine(grid.Folder("consortium"), file), text);
            await grid.StartNodes();
            return grid;
        }
        catch
        {
            await grid.DisposeAsync();
            throw;
        }
    }

    public string TokenOf(string organisation) => new TokenFiles(Folder(Hub)).Read(organisation);

    /// <summary>What a node has written: its data directory and, where its store is a Redis, that one's. The lock of an embedded store is
    /// empty, and nobody else may open it.</summary>
    public IEnumerable<string> FilesOf(string node) => ((string?[])[Folder(node), _stores.GetValueOrDefault(node)?.Files]).OfType<string>()
        .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)).Where(file => Path.GetFileName(file) != "lock");

    /// <summary>What a node has told of its activities and measures.</summary>
    public string TraceOf(string node) => Path.Combine(Folder("traces"), node);

    /// <summary>What went to and fro between two nodes, each wire by the two at its ends.</summary>
    public IEnumerable<(string One, string Other, byte[] Bytes)> Wires() =>
        from wire in _wires
        from recorded in wire.Value.Recorded
        select (wire.Key, _nodes.FirstOrDefault(node => node.Value.Id == recorded.Process).Key ?? "", recorded.Bytes);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values) await node.DisposeAsync();
        foreach (var wire in _wires.Values) wire.Dispose();
        foreach (var store in _stores.Values) store.Dispose();
        _folder.Dispose();
    }

    private string Folder(string name) => Path.Combine(_folder.Path, name);

    private async Task StartNodes()
    {
        var starting = new Dictionary<string, Task<NodeProcess>>();
        var silos = Homes.Keys.ToDictionary(node => node, _ => NodeAddresses.FreeEndpoint());
        foreach (var (node, homes) in Homes)
        {
            await Give(homes, node);
            _wires[node] = new(silos[node]);
            if (RedisProcess.IsInstalled && node != Gateway) _stores[node] = await RedisProcess.Start();
        }
        foreach (var node in Homes.Keys)
            starting[node] = NodeProcess.StartAt(
                Folder(node), NodeAddresses.Free() with { Settings = SettingsOf(node, silos[node]) },
                node == Hub ? ["--consortium", Folder("consortium")] : []);
        await Task.WhenAll(starting.Values).ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var (node, start) in starting)
            if (start.IsCompletedSuccessfully) _nodes[node] = await start;
        await Task.WhenAll(starting.Values);
    }

    private async Task Give(string homes, string to)
    {
        var command = $"dotnet '{Repository.Silo}' identities give --from '{Folder("grid")}' --to '{Folder(to)}/dev' --homes {homes}";
        if (await Shell.Run(command, _folder.Path) != 0) throw new InvalidOperationException("No identities.");
    }

    private Dictionary<string, string> SettingsOf(string node, string silo)
    {
        var settings = new Dictionary<string, string>
        {
            ["Node__Name"] = node + "-0",
            ["Node__Homes"] = Homes[node],
            ["Cluster__Membership"] = "development",
            ["Cluster__Primary"] = Primary,
            ["Cluster__SiloEndpoint"] = silo,
            ["Cluster__AdvertisedEndpoint"] = _wires[node].Advertised,
            ["Logging__LogLevel__Default"] = "Trace",
            ["Logging__LogLevel__Orleans"] = "Trace",
            ["DOTNET_GCgen0size"] = UncollectedBytes,
            ["DOTNET_GCgen0MaxBudget"] = UncollectedBytes,
            ["DOTNET_EnableEventPipe"] = "1",
            ["DOTNET_EventPipeOutputStreaming"] = "1",
            ["DOTNET_EventPipeOutputPath"] = TraceOf(node),
            // Every activity at its end with its tags, and every measure of Orleans.
            ["DOTNET_EventPipeConfig"] =
                "Microsoft-Diagnostics-DiagnosticSource:3:5:FilterAndPayloadSpecs=\"[AS]*/Stop:-DisplayName;Tags=TagObjects.*Enumerate\"," +
                "System.Diagnostics.Metrics:2:4:Metrics=Microsoft.Orleans",
        };
        if (_stores.TryGetValue(node, out var store)) settings[$"Stores__{(node == Hub ? Hub : node.ToUpperInvariant())}__Redis"] = store.Endpoint;
        return settings;
    }
}
