using System.Diagnostics;
using System.Globalization;

namespace CrossBorderSoc.Tests.Bench.Machine;

/// <summary>Where and with what a run was made.</summary>
internal sealed record MachineFacts(
    string Cpu, int Cores, string Kernel, double MemoryGib, string Dotnet, string Orleans, string RocksDb, string Commit,
    string Date, string FileSystem, double SyncMedianMicroseconds, double SyncP99Microseconds)
{
    public static MachineFacts Read(string directory)
    {
        var (median, p99) = Disk.SyncLatency(directory);
        return new(
            Field("/proc/cpuinfo", "model name"), Environment.ProcessorCount, "Linux " + File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30), 1),
            Environment.Version.ToString(), VersionOf("Orleans.Runtime"), VersionOf("RocksDbSharp"), Git(),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            Disk.FileSystem(directory), median, p99);
    }

    private static string Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
            ?.Split(':', 2)[1].Trim() ?? "unknown";

    private static string VersionOf(string assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
        var version = File.Exists(file) ? FileVersionInfo.GetVersionInfo(file).ProductVersion ?? "unknown" : "absent";
        return version.Split('+', ' ')[0].TrimEnd('.');
    }

    private static string Git()
    {
        try
        {
            return Run("rev-parse", "--short", "HEAD") + (Run("status", "--porcelain").Length > 0 ? " (changed)" : "");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return "unknown";
        }
    }

    private static string Run(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        })!;
        var text = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? text : "unknown";
    }
}
