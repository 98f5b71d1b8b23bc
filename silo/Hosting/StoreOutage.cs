using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>
/// Whether the node's stores can write: told to the log once when one no longer can and once when it can again, and to the health
/// check all the while. Without it the node acknowledges nothing there, so it is not ready; reads go on.
/// </summary>
internal sealed class StoreOutage : IHealthCheck
{
    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.Ordinal);
    private ILogger? _tell;

    /// <summary>Where to say it, once there is a log.</summary>
    public void TellTo(ILogger log)
    {
        _tell = log;
        foreach (var reason in _reasons.Values) LogOutage(reason);
    }

    /// <summary>A store can no longer write for this reason, or, with null, can again.</summary>
    public void Changed(string store, string? reason)
    {
        if (reason is null)
        {
            _reasons.TryRemove(store, out _);
            _tell?.LogWarning("The store can write again. It lies in {Store}.", store);
            return;
        }
        _reasons[store] = reason;
        LogOutage(reason);
    }

    // The reason names folders and errors of the system: it is the log's; health is open to everybody.
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_reasons.IsEmpty
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("STORE_CANNOT_WRITE: the store cannot write; the node's log has the reason."));

    private void LogOutage(string reason) => _tell?.LogError(
        "The store cannot write, nothing is acknowledged until it can: {Reason}. It is tried again every second.", reason);
}
