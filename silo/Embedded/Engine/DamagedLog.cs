namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>Names the write-ahead logs that are not whole, for the message of a store that lacks acknowledged groups.</summary>
internal static class DamagedLog
{
    public static string Name(string store)
    {
        var logs = Directory.GetFiles(store, "*.log").Order(StringComparer.Ordinal).ToList();
        if (logs.Count == 0) return $"a write-ahead log is missing ({Path.Combine(store, "*.log")})";
        var torn = logs.Select(log => (Path: log, Scan: LogScan.Scan(File.ReadAllBytes(log)))).Where(log => log.Scan.IsTorn).ToList();
        return torn.Count > 0
            ? string.Join("; ", torn.Select(log => $"{log.Path} is damaged at byte {log.Scan.WholeBytes}"))
            : $"a write-ahead log (*.log) is missing or was cut short (there are {string.Join(", ", logs)})";
    }
}
