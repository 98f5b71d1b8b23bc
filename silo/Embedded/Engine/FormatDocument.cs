using System.Text.Json;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>The document that tells the format of a store, for this version and for older ones that meet it.</summary>
internal static class FormatDocument
{
    /// <summary>
    /// The format that this version writes, and the newest that it reads. 2: the newest record of a ledger may be gone, and the
    /// family of documents says where it ends; a version that knows 1 only would begin again at position 1.
    /// 3: an owner's markings on an observable may be kept; a version that knows 2 only would add others beside them.
    /// </summary>
    public const int Version = 3;

    public static void Create(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(new { format = "crossbordersoc-embedded-store", version = Version }));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Brings an older store to this version's format, so that the version that wrote it refuses it from now on.</summary>
    public static void Raise(string path)
    {
        if (Check(path) == Version) return;
        var beside = path + ".new";
        Create(beside);
        File.Move(beside, path, overwrite: true);
        DirectorySync.Sync(Path.GetDirectoryName(path)!);
    }

    /// <summary>The store's format; throws unless it is one that this version reads.</summary>
    public static int Check(string path)
    {
        if (!File.Exists(path)) throw new StoreDamagedException($"The file {path} is missing.");
        int version;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.GetProperty("format").GetString() != "crossbordersoc-embedded-store")
                throw new StoreDamagedException($"The file {path} is damaged: it names another format.");
            version = document.RootElement.GetProperty("version").GetInt32();
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StoreDamagedException($"The file {path} is damaged: {damage.Message}", damage);
        }

        if (version < 1) throw new StoreDamagedException($"The file {path} is damaged: version {version}.");
        if (version > Version)
            throw new StoreRefusedException(
                $"{path} says format {version}; this version reads up to {Version}. Start the version that wrote it.");
        return version;
    }
}
