using System.Globalization;
using CrossBorderSoc.Tests.Chaos.Checking;
using CrossBorderSoc.Tests.Chaos.Schedules;

namespace CrossBorderSoc.Tests.Chaos.Runs;

/// <summary>What one run showed.</summary>
/// <param name="Run">Its number.</param>
/// <param name="Faults">What was done.</param>
/// <param name="Findings">What must not be.</param>
internal sealed record RunResult(int Run, IReadOnlyList<Fault> Faults, Findings Findings)
{
    public int Acknowledged { get; init; }

    /// <summary>Pushes that were sent again.</summary>
    public int Again { get; init; }

    /// <summary>Answers that were judged while faults were on.</summary>
    public int Answers { get; init; }

    /// <summary>From the end of the last fault until every producer was acknowledged and every asker's answer lacked nothing.</summary>
    public TimeSpan Recovery { get; init; }

    /// <summary>The longest time in which a producer had no acknowledgement.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>Processes that ended by themselves and were started again.</summary>
    public int EndedByThemselves { get; init; }

    /// <summary>Why it could not be brought to its end, or null.</summary>
    public string? Failure { get; init; }

    public bool Passed => Failure is null && Findings.IsClean;

    /// <summary>What recovery times are grouped by.</summary>
    public string Kind => Faults switch
    {
        [] => "none",
        [{ Kind: FaultKind.Kill or FaultKind.Stop or FaultKind.FullDisk or FaultKind.FailedSync } one] => one.Kind + Of(one.Target),
        [var one] => one.Kind.ToString(),
        _ => "Several",
    };

    public override string ToString()
    {
        var ended = EndedByThemselves > 0 ? $", {EndedByThemselves} ended by themselves" : "";
        var answers = Findings.Answers.Length > 0 ? $" | {Findings.Answers}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"run {Run,3} {(Passed ? "ok    " : "FAILED")} {string.Join("; ", Faults)} | acknowledged {Acknowledged}, sent again {Again}, "
            + $"{Answers} answers, back after {Recovery.TotalSeconds:0.0} s, silent for {Silence.TotalSeconds:0.0} s{ended}{answers}");
    }

    private static string Of(string target) => target.StartsWith("redis", StringComparison.Ordinal) ? " of Redis" : " of a silo";
}
