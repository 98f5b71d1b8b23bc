using System.Diagnostics;
using CrossBorderSoc.Tests.Crash;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// A Redis of which each write and each sync is recorded (tests/crash/shim), so that its machine's power can be cut: SIGKILL, then its
/// append-only file is what the syncs had covered that were over, and nothing more. The other files are not written after its start.
/// </summary>
internal sealed class RecordedRedis : IDisposable
{
    // Redis names its files from its own directory.
    private const string Watched = "appendonlydir";

    private readonly TempFolder _folder = new();
    private readonly string _fsync;
    private readonly string _shim;
    private Process? _process;

    private RecordedRedis(string fsync)
    {
        _fsync = fsync;
        _shim = Path.Combine(_folder.Path, "shim.so");
        using var compiler = Process.Start(
            "gcc", ["-O2", "-shared", "-fPIC", "-o", _shim, Path.Combine(AppContext.BaseDirectory, "shim", "shim.c"), "-lpthread"]);
        compiler.WaitForExit();
        if (compiler.ExitCode != 0) throw new InvalidOperationException("The shim does not compile.");
    }

    /// <summary>Where it listens.</summary>
    public string Endpoint { get; } = NodeAddresses.FreeEndpoint();

    /// <summary>How often its power was cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Whether something was written that no sync covers that is over.</summary>
    public bool HasUnsynced
    {
        get
        {
            try
            {
                return AppendOnly() is { } file && file.AfterCut(Random.Shared, UnsyncedData.Kept).Length > Durable(file).Length;
            }
            catch (ArgumentOutOfRangeException)
            {
                // It is writing a record of it just now.
                return true;
            }
        }
    }

    private string Log => Path.Combine(_folder.Path, "operations");

    /// <summary>Starts one with a setting of <c>appendfsync</c>.</summary>
    public static async Task<RecordedRedis> Start(string fsync)
    {
        var redis = new RecordedRedis(fsync);
        await redis.Start();
        return redis;
    }

    /// <summary>Cuts its power, and starts it on what is left. Gives how many bytes of its append-only file are not.</summary>
    public async Task<int> CutPower()
    {
        End();
        var file = AppendOnly() ?? throw new InvalidOperationException("It wrote nothing.");
        var name = Directory.GetFiles(Path.Combine(_folder.Path, Watched), "*.incr.aof").Single();
        var (left, written) = (Durable(file), File.ReadAllBytes(name));
        // What was recorded is what was written.
        if (!file.AfterCut(Random.Shared, UnsyncedData.Kept).AsSpan().SequenceEqual(written))
            throw new InvalidOperationException("The recording is not of that file.");
        await File.WriteAllBytesAsync(name, left);
        Cuts++;
        await Start();
        return written.Length - left.Length;
    }

    public void Dispose()
    {
        End();
        _folder.Dispose();
    }

    private static byte[] Durable(DiskFile file) => file.AfterCut(Random.Shared, UnsyncedData.Lost);

    private async Task Start()
    {
        var start = new ProcessStartInfo("redis-server",
        [
            "--bind", "127.0.0.1", "--port", Endpoint[(Endpoint.LastIndexOf(':') + 1)..], "--dir", _folder.Path, "--appendonly", "yes",
            "--appendfsync", _fsync, "--maxmemory-policy", "noeviction", "--save", "",
        ])
        { RedirectStandardOutput = true };
        // Recorded once, up to the cut.
        if (Cuts == 0)
            (start.Environment["LD_PRELOAD"], start.Environment["SHIM_DIRECTORY"], start.Environment["SHIM_LOG"]) = (_shim, Watched, Log);
        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal)) return;
        throw new InvalidOperationException("redis-server does not start.");
    }

    private void End()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    private DiskFile? AppendOnly()
    {
        var operations = Operation.ReadAll(Log);
        var created = operations.Find(each => each.Kind == OperationKind.Create && each.Path.EndsWith(".incr.aof", StringComparison.Ordinal));
        if (created is null) return null;
        var file = new DiskFile();
        for (var number = 0; number < operations.Count; number++)
        {
            var operation = operations[number];
            if (operation.Inode != created.Inode) continue;
            if (operation.Kind == OperationKind.Sync) file.Sync(operation.A);
            else if (operation.Kind is OperationKind.Write or OperationKind.Truncate or OperationKind.Extend) file.Change(number, operation);
        }
        return file;
    }
}
