using System.Globalization;

namespace CrossBorderSoc.Tests.Chaos.Schedules;

/// <summary>What is done to the grid.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL; started again when the fault is over.</summary>
    Kill,
    /// <summary>SIGSTOP; SIGCONT when it is over.</summary>
    Stop,
    /// <summary>Two hosts do not hear each other.</summary>
    Partition,
    /// <summary>A host hears nobody and is heard by nobody.</summary>
    Isolate,
    /// <summary>Some of a host's packets are lost, both ways.</summary>
    Loss,
    /// <summary>What other silos send to one comes late.</summary>
    Delay,
    /// <summary>There is no room on the disk.</summary>
    FullDisk,
    /// <summary>Every sync fails.</summary>
    FailedSync,
    /// <summary>Every silo is told to stop and started again, one after the other.</summary>
    Rolling,
}

/// <summary>One fault of a schedule.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Target">To which server.</param>
/// <param name="Other">Of a partition the other host; else empty.</param>
/// <param name="At">When, after the run's start.</param>
/// <param name="Lasts">For how long.</param>
/// <param name="Amount">Of loss the percentage, of delay the milliseconds; else 0.</param>
internal sealed record Fault(FaultKind Kind, string Target, string Other, TimeSpan At, TimeSpan Lasts, int Amount)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Kind} {Target}{(Other.Length > 0 ? "|" + Other : "")}{(Amount > 0 ? $" {Amount}" : "")} @{At.TotalSeconds:0.0}+{Lasts.TotalSeconds:0.0}s");
}
