using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>
/// Whether the node's store can write: told to the log once when it no longer can and once when it can again, and to the health
/// check all the while. Without it the node acknowledges nothing, so it is not ready; reads go on.
/// </summary>
internal sealed class StoreOutage : IHealthCheck
{
    private ILogger? _tell;
    private string? _reason;

    /// <summary>Where to say it, once there is a log.</summary>
    public void TellTo(ILogger log)
    {
        _tell = log;
        if (Volatile.Read(ref _reason) is { } reason) LogOutage(reason);
    }

    /// <summary>The store can no longer write for this reason, or, with null, can again.</summary>
    public void Changed(string? reason)
    {
        Volatile.Write(ref _reason, reason);
        if (reason is not null) LogOutage(reason);
        else _tell?.LogWarning("The store can write again.");
    }

    // The reason names folders and errors of the system: it is the log's; health is open to everybody.
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Volatile.Read(ref _reason) is null
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("STORE_CANNOT_WRITE: the store cannot write; the node's log has the reason."));

    private void LogOutage(string reason) => _tell?.LogError(
        "The store cannot write, nothing is acknowledged until it can: {Reason}. It is tried again every second.", reason);
}
