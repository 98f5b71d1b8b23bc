using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>
/// The files of a node's directory: <c>lock</c> (one process at a time), <c>store/</c> (the database, the format document, the
/// acknowledged mark). The store is made aside and appears whole by one rename, so a file missing in it is always damage.
/// </summary>
internal sealed class StoreFiles : IDisposable
{
    private const int WouldBlock = 11;
    private const int SharingViolation = unchecked((int)0x80070020);
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
        var path = Path.Combine(full, "lock");
        try
        {
            System.IO.Directory.CreateDirectory(full);
            return new StoreFiles(full, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException inUse) when (inUse.HResult is WouldBlock or SharingViolation)
        {
            throw new StoreRefusedException(
                $"The data directory {full} is in use by another process (or another store of this one): {path} is locked.", inUse);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException($"The data directory {full} cannot be written: {refused.Message}", refused);
        }
    }

    /// <summary>Throws when there is no room for the write-ahead log once more, as tables, and for so many bytes beside it.</summary>
    public void ProbeRoom(int bytes)
    {
        var room = bytes + new DirectoryInfo(Store).EnumerateFiles("*.log").Sum(log => log.Length);
        try
        {
            if (new DriveInfo(Directory).AvailableFreeSpace is var free && free < room)
                throw new IOException($"No space left on device: it needs {room} bytes and has {free}.");
            // Allocating asks for the quota, too; only writing and syncing show that both work.
            using var probe = new FileStream(Path.Combine(Directory, "probe"), new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
                PreallocationSize = room,
                BufferSize = 0,
            });
            probe.Write(new byte[bytes]);
            probe.Flush(flushToDisk: true);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The store waits for room in {Directory}: {full.Message}", full);
        }
    }

    public void Dispose() => held.Dispose();
}
