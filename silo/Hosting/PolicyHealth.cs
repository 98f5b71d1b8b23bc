using CrossBorderSoc.Contracts.Policy;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>
/// A node is ready once it holds a policy. While its lease on it is over it is degraded: still ready, since it takes sightings in and answers owners
/// about their own (decision 0021), but it answers nothing between organisations.
/// </summary>
internal sealed class PolicyHealth(IPolicyReplica policy) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(policy switch
        {
            { Current.Newest: not null } => HealthCheckResult.Healthy(),
            { LastKnown.Newest: not null } => HealthCheckResult.Degraded(
                "The lease on the policy is over: the hub does not answer. Sightings are taken in, and owners see their own."),
            _ => HealthCheckResult.Unhealthy("No valid lease on a policy: is there a consortium, and does the hub answer?"),
        });
}
