using System.Threading.RateLimiting;
using CrossBorderSoc.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>How many watches one organisation may have at this gateway.</summary>
internal sealed class WatchShares(IOptions<GatewayOptions> options) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<string> _limits = PartitionedRateLimiter.Create<string, string>(
        organisation => RateLimitPartition.GetConcurrencyLimiter(
            organisation, _ => new() { PermitLimit = options.Value.Watches, QueueLimit = 0 }),
        StringComparer.Ordinal);

    /// <summary>Takes a place; dispose of it when the watch ends.</summary>
    /// <exception cref="Grpc.Core.RpcException">RESOURCE_EXHAUSTED: there is none.</exception>
    public IDisposable Take(string organisation)
    {
        var lease = _limits.AttemptAcquire(organisation);
        if (lease.IsAcquired) return lease;
        lease.Dispose();
        throw Refused.TooManyWatches(options.Value.Watches);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _limits.DisposeAsync();
}
