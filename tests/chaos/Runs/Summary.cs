using System.Globalization;

namespace CrossBorderSoc.Tests.Chaos.Runs;

/// <summary>The table at the end.</summary>
internal static class Summary
{
    public static void Write(IReadOnlyList<RunResult> results)
    {
        Console.WriteLine();
        Console.WriteLine("| fault | runs | acknowledged | lost | doubled | wrong views | back after p50 | p99 | silent for p50 | p99 |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var kind in results.GroupBy(result => result.Kind).OrderBy(group => group.Key, StringComparer.Ordinal)) Row(kind.Key, [.. kind]);
        Row("all", results);
        Console.WriteLine();
    }

    private static void Row(string name, IReadOnlyList<RunResult> runs)
    {
        string Times(Func<RunResult, TimeSpan> of) => $"{At(runs, 50, of)} | {At(runs, 99, of)}";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {runs.Count} | {runs.Sum(run => run.Acknowledged)} | {runs.Sum(run => run.Findings.LostSum)} | "
            + $"{runs.Sum(run => run.Findings.DoubledSum)} | {runs.Sum(run => run.Findings.WrongSum)} | "
            + $"{Times(run => run.Recovery)} | {Times(run => run.Silence)} |"));
    }

    private static string At(IEnumerable<RunResult> runs, int percent, Func<RunResult, TimeSpan> of)
    {
        var sorted = runs.Select(of).Order().ToList();
        var place = (int)Math.Ceiling(sorted.Count * percent / 100.0) - 1;
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[Math.Max(0, place)].TotalSeconds:0.0} s");
    }
}
