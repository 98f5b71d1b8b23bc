using CrossBorderSoc.Contracts.Policy;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>A node is ready while it holds a valid lease on a policy: before, it can answer nothing between organisations.</summary>
internal sealed class PolicyHealth(IPolicyReplica policy) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(policy.Current?.Newest is not null
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("No valid lease on a policy: is there a consortium, and does the hub answer?"));
}
