using System.Globalization;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>What a server says of itself.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Policy">maxmemory-policy.</param>
/// <param name="Appends">Whether it has an append-only file.</param>
/// <param name="Sync">appendfsync; null when it may not be asked.</param>
/// <param name="NoSyncOnRewrite">no-appendfsync-on-rewrite.</param>
internal sealed record ServerSettings(string Version, string Policy, bool Appends, string? Sync, bool NoSyncOnRewrite)
{
    /// <summary>The version's first number.</summary>
    public int Major => int.TryParse(Version.Split('.')[0], CultureInfo.InvariantCulture, out var major) ? major : 0;

    /// <summary>Asks a server: INFO, which every user of a ledger needs, and CONFIG GET where it is permitted.</summary>
    public static async Task<ServerSettings> Read(IServer server)
    {
        var info = (await server.InfoAsync()).SelectMany(section => section)
            .GroupBy(each => each.Key).ToDictionary(each => each.Key, each => each.First().Value);
        var (version, policy) = (info.GetValueOrDefault("redis_version", "?"), info.GetValueOrDefault("maxmemory_policy", "?"));
        var appends = info.GetValueOrDefault("aof_enabled") == "1";
        try
        {
            var sync = await Setting(server, "appendfsync");
            var onRewrite = await Setting(server, "no-appendfsync-on-rewrite");
            return new(version, policy, appends, sync, onRewrite == "yes");
        }
        catch (RedisServerException)
        {
            return new(version, policy, appends, null, false);
        }
    }

    private static async Task<string?> Setting(IServer server, string name) =>
        (await server.ConfigGetAsync(name)).Select(each => each.Value).FirstOrDefault();
}
