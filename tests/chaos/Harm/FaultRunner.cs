using CrossBorderSoc.Tests.Chaos.Hosts;
using CrossBorderSoc.Tests.Chaos.Schedules;

namespace CrossBorderSoc.Tests.Chaos.Harm;

/// <summary>Does to the grid what a schedule says, and ends it.</summary>
internal static class FaultRunner
{
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private const int LookEvery = 50;

    /// <summary>All faults of a run; returns when the last one is over.</summary>
    public static Task Run(Grid grid, IReadOnlyList<Fault> faults, CancellationToken cancellation) =>
        Task.WhenAll(faults.Select(fault => Run(grid, fault, cancellation)));

    /// <summary>Why a fault cannot be done here, or null.</summary>
    public static string? CannotBe(Grid grid, Fault fault) => fault.Kind switch
    {
        FaultKind.FullDisk when grid.DiskOf(fault.Target) is null => "no file system may be mounted",
        FaultKind.Loss when !grid.Network.Isolated => "packets are lost between namespaces only",
        FaultKind.Partition or FaultKind.Isolate when !grid.Network.Isolated && !Servers.Silos.Contains(fault.Target) =>
            "on one loopback the links between silos alone are cut",
        _ => null,
    };

    private static async Task Run(Grid grid, Fault fault, CancellationToken cancellation)
    {
        await Pause.For(fault.At, cancellation);
        if (fault.Kind == FaultKind.Rolling)
        {
            await Roll(grid, cancellation);
            return;
        }
        await Set(grid, fault, begins: true);
        try
        {
            await Pause.For(fault.Lasts, cancellation);
        }
        finally
        {
            await Set(grid, fault, begins: false);
        }
    }

    private static async Task Set(Grid grid, Fault fault, bool begins)
    {
        switch (fault.Kind)
        {
            case FaultKind.Kill when begins: grid[fault.Target].Kill(); break;
            case FaultKind.Kill: grid[fault.Target].Up(); break;
            case FaultKind.Stop: grid[fault.Target].Signal(begins ? Native.SigStop : Native.SigCont); break;
            case FaultKind.Partition when grid.Network.Isolated: await grid.Network.Cut(fault.Target, fault.Other, begins); break;
            case FaultKind.Isolate when grid.Network.Isolated: await grid.Network.Isolate(fault.Target, begins); break;
            case FaultKind.Partition or FaultKind.Isolate: grid.LinkTo(fault.Target).Blocked = begins; break;
            case FaultKind.Loss: await grid.Network.Lose(fault.Target, fault.Amount, begins); break;
            case FaultKind.Delay: grid.LinkTo(fault.Target).Delay = begins ? fault.Amount : 0; break;
            case FaultKind.FullDisk when begins: grid.DiskOf(fault.Target)!.Fill(); break;
            case FaultKind.FullDisk: grid.DiskOf(fault.Target)!.MakeRoom(); break;
            case FaultKind.FailedSync when begins: await File.WriteAllTextAsync(grid.SyncFails(fault.Target), ""); break;
            case FaultKind.FailedSync: File.Delete(grid.SyncFails(fault.Target)); break;
            default: throw new InvalidOperationException($"BUG: {fault}.");
        }
    }

    // As an operator does: the next one goes when the one before serves.
    private static async Task Roll(Grid grid, CancellationToken cancellation)
    {
        foreach (var silo in Servers.Silos)
        {
            await grid[silo].Replace(DrainWithin);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(ReadyWithin);
            try
            {
                while (!grid[silo].IsReady) await Pause.For(LookEvery, patience.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Whether the grid comes back is what the run finds out.
            }
        }
    }
}
