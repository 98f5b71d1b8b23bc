using System.Globalization;
using CrossBorderSoc.Tests.Chaos.Schedules;
using CrossBorderSoc.Tests.E2e;

namespace CrossBorderSoc.Tests.Chaos.Hosts;

/// <summary>
/// The grid under test: the hub (with EU) on a Redis that also keeps the list of nodes, two silos of Belgium on one Redis, one of Germany
/// with an embedded store, a gateway; every silo on a clock of its own.
/// </summary>
internal sealed class Grid : IAsyncDisposable
{
    private const int DiskMegabytes = 512;
    private const int RedisPort = 6379;
    private const int SiloPort = 7000;
    private const int AdvertisedPort = 7001;
    private const int MinutesApart = 5;

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, Supervised> _servers = [];
    private readonly Dictionary<string, LinkProxy> _links = [];
    private readonly Dictionary<string, SmallDisk> _disks = [];
    private readonly CancellationTokenSource _done = new();
    private readonly List<Task> _supervisors = [];
    private readonly Dictionary<string, TimeSpan> _clocks = [];

    private Grid(Network network, int seed)
    {
        Network = network;
        var dice = Schedule.Dice(seed, 0, use: 1);
        // The hub's clock is the machine's, by which the model judges; all others are up to five minutes off.
        foreach (var silo in Servers.Silos)
            _clocks[silo] = silo == Servers.Hub ? TimeSpan.Zero : TimeSpan.FromSeconds(dice.Next(-60 * MinutesApart, 60 * MinutesApart));
    }

    public Network Network { get; }

    public Supervised this[string server] => _servers[server];

    public IEnumerable<Supervised> All => _servers.Values;

    /// <summary>Where clients call.</summary>
    public static string Gateway => Url(Servers.Gateway, 5081);

    /// <summary>Has the organisations' tokens.</summary>
    public string HubData => Folder(Servers.Hub);

    public string Clocks => string.Join(", ", _clocks.Select(each =>
        string.Create(CultureInfo.InvariantCulture, $"{each.Key} {each.Value.TotalSeconds:+0;-0;0} s")));

    /// <summary>The disk of a server that has a small one of its own, if one may be mounted.</summary>
    public SmallDisk? DiskOf(string server) => _disks.GetValueOrDefault(server) is { IsMounted: true } disk ? disk : null;

    public LinkProxy LinkTo(string silo) => _links[silo];

    /// <summary>The file while which is there a server's syncs fail.</summary>
    public string SyncFails(string server) => Folder(server + ".sync-fails");

    /// <summary>Starts everything; ready is what a client finds out.</summary>
    public static async Task<Grid> Start(Network network, int seed)
    {
        var grid = new Grid(network, seed);
        try
        {
            await grid.Prepare();
            foreach (var server in Servers.All)
            {
                grid._servers[server] = new(server, () => grid.LaunchOf(server));
                grid._servers[server].Up();
                grid._supervisors.Add(grid._servers[server].Supervise(grid._done.Token));
            }
            return grid;
        }
        catch
        {
            await grid.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await Task.WhenAll(_supervisors);
        foreach (var server in _servers.Values) server.Dispose();
        foreach (var link in _links.Values) link.Dispose();
        foreach (var disk in _disks.Values) disk.Dispose();
        _folder.Dispose();
        _done.Dispose();
    }

    private async Task Prepare()
    {
        var shim = Path.Combine(AppContext.BaseDirectory, "shim", "failing_sync.c");
        await Must($"gcc -O2 -shared -fPIC -o '{Folder("shim.so")}' '{shim}'");
        foreach (var server in (string[])[Servers.RedisBe, Servers.De]) _disks[server] = new SmallDisk(DiskMegabytes);
        foreach (var server in Servers.All) Directory.CreateDirectory(DataOf(server));
        foreach (var silo in Servers.Silos)
        {
            await Must($"ASPNETCORE_ENVIRONMENT=Development dotnet '{Repository.Silo}' identities give --from '{Folder("grid")}' "
                + $"--to '{DataOf(silo)}/dev' --homes {Servers.HomesOf(silo)}");
            _links[silo] = LinkProxy.Start(Network, silo, AdvertisedPort, SiloPort);
        }
    }

    private Launch LaunchOf(string server) => server is Servers.RedisHub or Servers.RedisBe ? LaunchOfRedis(server) : LaunchOfSilo(server);

    private Launch LaunchOfRedis(string server) => new(server,
    [
        .. Network.On(server), "redis-server", "--bind", Network.AddressOf(server), "--port", $"{RedisPort}", "--dir", DataOf(server),
        "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--protected-mode", "no", "--save", "",
    ], Failing(server), "Ready to accept connections");

    private Launch LaunchOfSilo(string silo)
    {
        string address = Network.AddressOf(silo), hubRedis = $"{Network.AddressOf(Servers.RedisHub)}:{RedisPort}";
        var settings = silo == Servers.De ? Failing(silo) : new(StringComparer.Ordinal);
        (settings["Node__Name"], settings["Node__Homes"]) = (silo, Servers.HomesOf(silo));
        (settings["Cluster__Membership"], settings["Cluster__Redis"]) = ("redis", hubRedis + ",defaultDatabase=1");
        settings["Cluster__SiloEndpoint"] = $"{address}:{SiloPort}";
        settings["Cluster__AdvertisedEndpoint"] = $"{address}:{AdvertisedPort}";
        (settings["Gateway__Grpc"], settings["Gateway__Http"]) = (Url(silo, 5081), Url(silo, 5080));
        (settings["Operator__Http"], settings["ASPNETCORE_ENVIRONMENT"]) = (Url(silo, 5082), "Development");
        if (silo == Servers.Hub) settings["Stores__*__Redis"] = hubRedis;
        if (silo is Servers.Be0 or Servers.Be1) settings["Stores__BE__Redis"] = $"{Network.AddressOf(Servers.RedisBe)}:{RedisPort}";
        string[] policy = silo == Servers.Hub ? ["--consortium", Repository.RealStream] : [];
        var now = TimeProvider.System.GetUtcNow() + _clocks[silo];
        string[] clock = _clocks[silo] == TimeSpan.Zero ? [] : ["--clock", now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)];
        return new(silo, [.. Network.On(silo), "dotnet", Repository.Silo, "--data", DataOf(silo), .. policy, .. clock], settings, "Ready.");
    }

    private Dictionary<string, string> Failing(string server) =>
        new(StringComparer.Ordinal) { ["LD_PRELOAD"] = Folder("shim.so"), ["CHAOS_SYNC_FAILS"] = SyncFails(server) };

    private string DataOf(string server) => _disks.TryGetValue(server, out var disk) ? Path.Combine(disk.Path, "data") : Folder(server);

    private string Folder(string name) => Path.Combine(_folder.Path, name);

    private static string Url(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"http://{Network.AddressOf(host)}:{port}");

    private async Task Must(string line)
    {
        if (await Shell.Run(line, _folder.Path) is var code and not 0) throw new InvalidOperationException($"{line}\nended with {code}.");
    }
}
