using System.Collections.Immutable;
using CrossBorderSoc.Contracts;

namespace CrossBorderSoc.Silo.Settings;

/// <summary>
/// Reads <c>Stores</c>: <c>"BE": { "Embedded": DIR }</c> of one home, <c>"*"</c> of all others. Homes of one directory share a database.
/// </summary>
internal static class StoresReader
{
    private const string Section = "Stores";
    private const string Others = "*";
    private const string EmbeddedKey = "Embedded";
    private const string RedisKey = "Redis";

    public static ImmutableArray<StoreSettings> Read(
        IConfiguration configuration, ImmutableArray<Home> homes, string data, List<string> errors)
    {
        var directories = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in configuration.GetSection(Section).GetChildren())
        {
            if (Refusal(entry.Key, homes) is { } refusal) errors.Add($"{Section}:{entry.Key}: {refusal}.");
            else if (ReadDirectory(configuration, entry.Key, errors) is { } directory)
                directories[entry.Key] = Path.GetFullPath(directory);
        }
        var others = directories.GetValueOrDefault(Others) ?? NodeSettings.DefaultStore(data);
        return
        [
            .. homes.GroupBy(home => directories.GetValueOrDefault(home.Code) ?? others, StringComparer.Ordinal)
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

    // What kind of store an entry names is decided here, and NodeStores opens it.
    private static string? ReadDirectory(IConfiguration configuration, string key, List<string> errors)
    {
        var entry = new SettingsSection(configuration, $"{Section}:{key}", errors, EmbeddedKey, RedisKey);
        entry.RefuseIfSaid(RedisKey, "there is no Redis store in this version; use Embedded");
        var directory = entry.Text(EmbeddedKey);
        if (directory is null && !entry.Says(RedisKey)) entry.Refuse(EmbeddedKey, "is missing: the directory of the database");
        return directory;
    }
}
