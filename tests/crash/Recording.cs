using System.Diagnostics;
using System.Globalization;

namespace CrossBorderSoc.Tests.Crash;

/// <summary>Builds the shim, runs the writer under it, and reads what it recorded.</summary>
public sealed class Recording : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("crossbordersoc-crash-").FullName;

    /// <summary>The directory that the writer saw as its disk.</summary>
    public string Root => Path.Combine(directory, "disk");

    public List<Operation> Operations { get; private set; } = [];

    /// <summary>A place for rebuilt stores, in memory where the machine has it.</summary>
    public string Scratch { get; } = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "crossbordersoc-" + Path.GetRandomFileName())).FullName;

    public static Recording Make(int batches, int sessions, bool sync)
    {
        var recording = new Recording();
        var shim = Path.Combine(recording.directory, "shim.so");
        Run("gcc", ["-O2", "-shared", "-fPIC", "-o", shim, Path.Combine(AppContext.BaseDirectory, "shim", "shim.c"), "-lpthread"], []);
        Directory.CreateDirectory(recording.Root);
        var log = Path.Combine(recording.directory, "operations");
        var writer = Path.Combine(AppContext.BaseDirectory, "CrossBorderSoc.Tests.Crash.Writer.dll");
        string[] arguments =
        [
            writer, recording.Root, batches.ToString(CultureInfo.InvariantCulture),
            sessions.ToString(CultureInfo.InvariantCulture), sync ? "sync" : "without-sync",
        ];
        Run("dotnet", arguments, new() { ["LD_PRELOAD"] = shim, ["SHIM_DIRECTORY"] = recording.Root, ["SHIM_LOG"] = log });
        recording.Operations = Operation.ReadAll(log);
        return recording;
    }

    public void Dispose()
    {
        Directory.Delete(directory, recursive: true);
        Directory.Delete(Scratch, recursive: true);
    }

    private static void Run(string program, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed: {errors}");
    }
}
