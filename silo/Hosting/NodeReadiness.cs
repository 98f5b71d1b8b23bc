using CrossBorderSoc.Contracts.Policy;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Waits until a node can answer between organisations: the grid has a consortium, and the hub answers.</summary>
internal static class NodeReadiness
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public static async Task Wait(IServiceProvider services, TimeProvider time, CancellationToken cancellation)
    {
        var policy = services.GetRequiredService<IPolicyReplica>();
        using var timer = new PeriodicTimer(LookEvery, time);
        while (policy.Current is null) await timer.WaitForNextTickAsync(cancellation);
    }
}
