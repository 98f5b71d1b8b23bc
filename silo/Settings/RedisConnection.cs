using CrossBorderSoc.Silo.Redis;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Settings;

/// <summary>Reads how a Redis is reached: from a key, or from a file that a key names.</summary>
internal static class RedisConnection
{
    private const string Example = "127.0.0.1:6379,defaultDatabase=1";

    public static string? Read(SettingsSection section, string key, string fileKey)
    {
        var (text, file) = (section.Text(key), section.Text(fileKey));
        if (text is not null && file is not null) section.Refuse(fileKey, $"is there beside {key}; one of the two is enough");
        if (text is null && file is null)
            section.Refuse(key, $"is missing: the connection string, such as {Example}, or {fileKey}, a file with it");
        if (file is not null) (key, text) = (fileKey, ReadFile(section, fileKey, file));
        if (text is not null && !IsConnection(text))
            section.Refuse(key, $"is no connection string such as {Example}; it is not repeated here, as it may hold a password");
        else if (text is not null && !IsSafe(Parse(text)))
            section.Refuse(key, "is beyond loopback without ssl=true: what is kept there, and its password, would travel in clear");
        else if (text is not null && Parse(text) is { Ssl: false, ServiceName: not null })
            section.Refuse(key, "names a service of a Sentinel without ssl=true: the Sentinel may tell of a server beyond loopback");
        return text;
    }

    /// <summary>The connection that a checked string describes.</summary>
    public static ConfigurationOptions Parse(string text) => RedisEndpoints.Parse(text);

    private static bool IsSafe(ConfigurationOptions connection) => connection.Ssl || connection.EndPoints.All(RedisEndpoints.IsLoopback);

    private static bool IsConnection(string text)
    {
        try
        {
            return Parse(text).EndPoints.Count > 0;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return false;
        }
    }

    private static string? ReadFile(SettingsSection section, string key, string file)
    {
        try
        {
            if (File.ReadAllText(file).Trim() is { Length: > 0 } text) return text;
            section.Refuse(key, $"{file} is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            section.Refuse(key, $"{file} cannot be read: {e.Message}");
        }
        return null;
    }
}
