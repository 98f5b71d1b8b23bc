using System.Text;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>
/// Cuts the torn tail of a manifest. A power cut may leave zeros where the last, unsynced edit was; RocksDB then refuses to open,
/// although nothing that mattered is gone. What follows (the group number, the table files) proves that.
/// </summary>
internal static class TornManifest
{
    /// <summary>
    /// Cuts the tail if there is a torn one. Returns how to undo it, for the case that the store turns out to be damaged; null if
    /// nothing was done. Throws <see cref="StoreDamagedException"/> for damage that is no torn tail.
    /// </summary>
    public static Action? Cut(string store)
    {
        var path = Current(store);
        var bytes = File.ReadAllBytes(path);
        var scan = LogScan.Scan(bytes);
        if (scan.HasMoreAfterDamage || (scan.IsTorn && scan.WholeBytes == 0))
            throw new StoreDamagedException($"The file {path} is damaged at byte {scan.WholeBytes}.");
        if (!scan.IsTorn) return null;
        Replace(path, bytes.AsSpan(0, (int)scan.WholeBytes));
        return () => Replace(path, bytes);
    }

    /// <summary>The manifest that CURRENT names; throws <see cref="StoreDamagedException"/> if either is missing.</summary>
    public static string Current(string store)
    {
        var current = Path.Combine(store, "CURRENT");
        if (!File.Exists(current)) throw new StoreDamagedException($"The file {current} is missing.");
        var name = Encoding.ASCII.GetString(File.ReadAllBytes(current));
        var path = Path.Combine(store, name.TrimEnd('\n'));
        if (!name.StartsWith("MANIFEST-", StringComparison.Ordinal) || name[^1] != '\n')
            throw new StoreDamagedException($"The file {current} is damaged.");
        if (!File.Exists(path)) throw new StoreDamagedException($"The file {path} is missing, or {current} is damaged.");
        return path;
    }

    private static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Write(bytes);
        file.SetLength(bytes.Length);
        file.Flush(flushToDisk: true);
    }
}
