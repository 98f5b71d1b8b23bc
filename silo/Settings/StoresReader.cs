using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Silo.Redis;

namespace CrossBorderSoc.Silo.Settings;

/// <summary>
/// Reads <c>Stores</c>: <c>"BE": { "Embedded": DIR }</c> or <c>"BE": { "Redis": CONNECTION }</c> of one home, <c>"*"</c> of all others. Homes of
/// one directory share a database.
/// </summary>
internal static class StoresReader
{
    private const string Section = "Stores";
    private const string Others = "*";
    private const string EmbeddedKey = "Embedded";
    private const string RedisKey = "Redis";
    private const string RedisFileKey = "RedisFile";
    private const string AcceptsKey = "AcceptWeakDurability";
    private const string EverySecond = "everysec";

    public static ImmutableArray<StoreSettings> Read(
        IConfiguration configuration, ImmutableArray<Home> homes, string data, List<string> errors)
    {
        var places = new Dictionary<string, StorePlace>(StringComparer.Ordinal);
        foreach (var entry in configuration.GetSection(Section).GetChildren())
        {
            if (Refusal(entry.Key, homes) is { } refusal) errors.Add($"{Section}:{entry.Key}: {refusal}.");
            else if (ReadPlace(configuration, entry.Key, errors) is { } place) places[entry.Key] = place;
        }
        var others = places.GetValueOrDefault(Others) ?? new(NodeSettings.DefaultStore(data));
        return
        [
            .. homes.GroupBy(home => places.GetValueOrDefault(home.Code) ?? others)
                .Select(group => new StoreSettings([.. group], group.Key)),
        ];
    }

    private static string? Refusal(string key, ImmutableArray<Home> homes)
    {
        if (homes.IsEmpty) return "this node carries no home (Node:Homes), so it has no store";
        if (key == Others) return null;
        return NodeSettingsReader.HomeOf(key) is not { } home ? NodeSettingsReader.NoHome(key)
            : homes.Contains(home) ? null
            : $"this node does not carry {home} (Node:Homes)";
    }

    private static StorePlace? ReadPlace(IConfiguration configuration, string key, List<string> errors)
    {
        var entry = new SettingsSection(
            configuration, $"{Section}:{key}", errors, EmbeddedKey, RedisKey, RedisFileKey, AcceptsKey);
        if (entry.Says(RedisKey) || entry.Says(RedisFileKey)) return ReadRedis(entry);
        entry.RefuseIfSaid(AcceptsKey, $"belongs to {RedisKey}");
        if (entry.Text(EmbeddedKey) is { } directory) return new(Path.GetFullPath(directory));
        entry.Refuse(EmbeddedKey, $"is missing: the directory of the database; or {RedisKey}, the connection string of a Redis");
        return null;
    }

    private static StorePlace? ReadRedis(SettingsSection entry)
    {
        entry.RefuseIfSaid(EmbeddedKey, $"is there beside {RedisKey}; a home has one store");
        var accepts = entry.Text(AcceptsKey);
        if (accepts is not (null or EverySecond))
            entry.Refuse(AcceptsKey, $"is none that a node accepts; there is {EverySecond}, with which a crash loses about a second");
        return RedisConnection.Read(entry, RedisKey, RedisFileKey) is { } connection
            ? new(Embedded: null, connection, accepts is null ? WeakDurability.None : WeakDurability.EverySecond) : null;
    }
}
