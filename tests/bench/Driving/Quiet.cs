using CrossBorderSoc.Tests.Bench.Machine;

namespace CrossBorderSoc.Tests.Bench.Driving;

/// <summary>Waits until servers do nothing, so that one's background work does not slow the next one's round.</summary>
internal static class Quiet
{
    private const double BusyShare = 0.05;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private const int LooksMax = 120;

    /// <summary>False when they were still busy after half a minute.</summary>
    public static async Task<bool> Wait(params IEnumerable<ServerProcess> servers)
    {
        using var timer = new PeriodicTimer(Look);
        var ids = servers.Select(s => s.Id).ToArray();
        var before = Spent(ids);
        for (var look = 0; look < LooksMax; look++)
        {
            await timer.WaitForNextTickAsync();
            var now = Spent(ids);
            if ((now - before).TotalSeconds < Look.TotalSeconds * BusyShare) return true;
            before = now;
        }
        return false;
    }

    private static TimeSpan Spent(int[] ids) => ids.Aggregate(TimeSpan.Zero, (sum, id) => sum + ProcessCpu.Of(id));
}
