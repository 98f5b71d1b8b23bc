using System.Net;
using CrossBorderSoc.Silo.Embedded;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>
/// Whether a server may hold a ledger: its version, that it is no replica, that it keeps what it acknowledges, that it drops nothing.
/// Throws <see cref="StoreRefusedException"/>, which names the setting and what to do.
/// </summary>
internal static class ServerChecks
{
    private const int VersionMin = 7;

    /// <summary>Checks every primary of a connection, and that none of its servers is spoken to in clear from afar. Gives the primaries.</summary>
    public static async Task<IReadOnlySet<EndPoint>> Check(ConnectionMultiplexer connection, bool isEncrypted, RedisStoreOptions options)
    {
        if (!isEncrypted && Array.Find(connection.GetEndPoints(), RedisEndpoints.IsFar) is { } far)
        {
            throw new StoreRefusedException(
                $"Redis tells of a server at {RedisEndpoints.NameOf(far)}, beyond loopback, and the connection string is without ssl=true: what "
                + "is kept there, and its password, would travel in clear. Set ssl=true.");
        }

        var servers = connection.GetServers().Where(server => server.IsConnected).ToList();
        var primaries = servers.Where(server => !server.IsReplica).ToList();
        if (servers.Count == 0) throw new RedisConnectionException(
            ConnectionFailureType.UnableToConnect, CommandFlags.None, "No server is connected.", null, CommandStatus.Unknown);
        if (primaries.Count == 0)
            throw new StoreRefusedException($"Redis at {RedisEndpoints.NameOf(servers[0].EndPoint)} is a replica: name the primary.");

        foreach (var server in primaries)
        {
            var settings = await ServerSettings.Read(server);
            var problems = new List<string>();
            Look(settings, options, problems);
            if (problems.Count > 0)
            {
                throw new StoreRefusedException(
                    $"Redis at {RedisEndpoints.NameOf(server.EndPoint)} cannot hold a ledger: {string.Join(' ', problems)}");
            }
        }

        return primaries.Select(server => server.EndPoint).ToHashSet();
    }

    private static void Look(ServerSettings settings, RedisStoreOptions options, List<string> problems)
    {
        if (settings.Major < VersionMin)
            problems.Add($"it is version {settings.Version}; at least {VersionMin}.0 is needed.");
        if (settings.Policy != "noeviction")
        {
            var weak = $"maxmemory-policy is {settings.Policy}, so it drops evidence when its memory is full";
            if (options.AcceptEviction) options.OnNotice(weak + ".");
            else problems.Add(weak + "; set maxmemory-policy noeviction.");
        }

        var accepted = options.AcceptWeakDurability;
        if (!settings.Appends)
        {
            const string weak = "appendonly is no, so a restart loses what was acknowledged";
            if (accepted >= WeakDurability.Memory) options.OnNotice(weak + ".");
            else problems.Add(weak + "; set appendonly yes (or AcceptWeakDurability: Memory).");
            return;
        }

        LookAtSync(settings, options, accepted, problems);
    }

    private static void LookAtSync(ServerSettings settings, RedisStoreOptions options, WeakDurability accepted, List<string> problems)
    {
        if (settings.Sync is not { } sync)
        {
            options.OnNotice("appendfsync and no-appendfsync-on-rewrite cannot be checked: the user may not call CONFIG GET. An "
                + "acknowledgement is durable only if they are always and no.");
            return;
        }

        var needed = sync switch
        {
            "always" => WeakDurability.None,
            "everysec" => WeakDurability.EverySecond,
            _ => WeakDurability.Memory,
        };
        if (settings.NoSyncOnRewrite && needed < WeakDurability.Memory)
        {
            needed = WeakDurability.Memory;
            sync += " with no-appendfsync-on-rewrite yes";
        }

        if (needed == WeakDurability.None) return;
        var weak = $"appendfsync is {sync}, so a crash loses what was acknowledged";
        if (accepted >= needed) options.OnNotice(weak + ".");
        else problems.Add($"{weak}; set appendfsync always and no-appendfsync-on-rewrite no (or AcceptWeakDurability: {needed}).");
    }
}
