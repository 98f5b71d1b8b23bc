using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>
/// The files of a node's directory: <c>lock</c> (one process at a time), <c>store/</c> (the database, the format document, the
/// acknowledged mark). The store is made aside and appears whole by one rename, so a file missing in it is always damage.
/// </summary>
internal sealed class StoreFiles : IDisposable
{
    private readonly FileStream held;

    private StoreFiles(string directory, FileStream held)
    {
        Directory = directory;
        this.held = held;
    }

    public string Directory { get; }
    public string Store => Path.Combine(Directory, "store");
    public string Making => Path.Combine(Directory, "store.making");
    public string Format => Path.Combine(Store, "FORMAT");
    public string Mark => Path.Combine(Store, "ACKNOWLEDGED");

    /// <summary>Takes the directory, made if missing; throws <see cref="StoreRefusedException"/> when another has it.</summary>
    public static StoreFiles Take(string directory)
    {
        var full = Path.GetFullPath(directory);
        System.IO.Directory.CreateDirectory(full);
        var path = Path.Combine(full, "lock");
        try
        {
            return new StoreFiles(full, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException inUse)
        {
            throw new StoreRefusedException(
                $"The data directory {full} is in use by another process (or another store of this one): {path} is locked.", inUse);
        }
    }

    /// <summary>Throws when so many bytes cannot be written and synced now.</summary>
    public void ProbeRoom(int bytes)
    {
        var path = Path.Combine(Directory, "probe");
        try
        {
            using var probe = new FileStream(
                path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            probe.Write(new byte[bytes]);
            probe.Flush(flushToDisk: true);
        }
        catch (IOException full)
        {
            throw new StoreUnavailableException($"The store waits for room in {Directory}: {full.Message}", full);
        }
    }

    public void Dispose() => held.Dispose();
}
