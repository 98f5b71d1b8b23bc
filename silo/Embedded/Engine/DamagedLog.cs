namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>Names the write-ahead log at fault.</summary>
internal static class DamagedLog
{
    public static string Name(string store)
    {
        var logs = Directory.GetFiles(store, "*.log").Order(StringComparer.Ordinal).ToList();
        return logs.Count == 0 ? "there is none (*.log)" : string.Join(", ", logs);
    }
}
