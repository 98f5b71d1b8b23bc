using System.Diagnostics;
using System.Globalization;

namespace CrossBorderSoc.Tests.Bench.Machine;

/// <summary>The disk under a directory: its file system, what a sync costs there, and how much a directory takes.</summary>
internal static class Disk
{
    private const int Syncs = 200;

    /// <summary>Type of the file system that holds a directory, as the kernel names it.</summary>
    public static string FileSystem(string directory)
    {
        var path = Path.GetFullPath(directory);
        return File.ReadLines("/proc/self/mounts")
            .Select(line => line.Split(' '))
            .Where(mount => Holds(mount[1], path))
            .MaxBy(mount => mount[1].Length)?[2] ?? "unknown";
    }

    /// <summary>Latency of appending 4 KiB and syncing, in microseconds: median and 99th percentile.</summary>
    public static (double Median, double P99) SyncLatency(string directory)
    {
        var path = Path.Combine(directory, "sync-latency");
        var times = new double[Syncs];
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            var block = new byte[4096];
            for (var i = 0; i < Syncs; i++)
            {
                var start = Stopwatch.GetTimestamp();
                file.Write(block);
                file.Flush(flushToDisk: true);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        }
        File.Delete(path);
        Array.Sort(times);
        return (times[Syncs / 2], times[Syncs * 99 / 100]);
    }

    /// <summary>Bytes of disk that a directory takes, by allocated blocks.</summary>
    public static long Usage(string directory)
    {
        using var du = Process.Start(new ProcessStartInfo("du", ["-s", "--block-size=1", directory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var line = du.StandardOutput.ReadToEnd();
        du.WaitForExit();
        return long.Parse(line.Split('\t')[0], CultureInfo.InvariantCulture);
    }

    private static bool Holds(string mount, string path) =>
        mount == "/" || path == mount || path.StartsWith(mount + "/", StringComparison.Ordinal);
}
