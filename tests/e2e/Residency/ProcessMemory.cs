using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>The memory image of a process that this one has started: everything in it that can be written, read as a debugger does.</summary>
internal static class ProcessMemory
{
    private const int ChunkBytes = 4 << 20;
    private const int Overlap = 1_024;

    /// <summary>Searches it.</summary>
    public static void Search(int process, Searching searching, Findings found)
    {
        using var memory = File.OpenHandle($"/proc/{process}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var chunk = new byte[ChunkBytes];
        foreach (var (start, end) in Regions(process))
            for (var at = start; at < end; at += ChunkBytes - Overlap)
            {
                var read = Read(memory, chunk.AsSpan(0, (int)Math.Min(ChunkBytes, end - at)), at);
                searching.Search(chunk.AsSpan(0, read), found);
            }
    }

    private static IEnumerable<(long Start, long End)> Regions(int process) =>
        from line in File.ReadAllLines($"/proc/{process}/maps")
        let fields = line.Split(' ')
        where fields[1].StartsWith("rw", StringComparison.Ordinal) && !line.EndsWith("[vvar]", StringComparison.Ordinal)
        let range = fields[0].Split('-')
        select (Address(range[0]), Address(range[1]));

    // A region may have gone since.
    private static int Read(SafeFileHandle memory, Span<byte> chunk, long at)
    {
        try
        {
            return RandomAccess.Read(memory, chunk, at);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static long Address(string hex) => long.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
