using Spectre.Console;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Entries one a line, their parts in columns.</summary>
internal static class Columns
{
    // A part that is longer pushes its own line only.
    private const int WidthMax = 64;

    /// <summary>Prints rows of equally many parts. Every part passes <see cref="SafeText"/> here.</summary>
    public static void Write(IAnsiConsole console, List<string[]> rows)
    {
        var safe = rows.ConvertAll(row => row.Select(SafeText.Of).ToArray());
        if (safe.Count == 0) return;
        var widths = Enumerable.Range(0, safe[0].Length)
            .Select(i => safe.Select(row => row[i].Length).Where(length => length <= WidthMax).DefaultIfEmpty().Max()).ToArray();
        foreach (var row in safe)
            console.Write(new Text(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd() + "\n"));
    }
}
