using System.Threading.RateLimiting;
using CrossBorderSoc.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>
/// How much of this gateway's answering one organisation may take at once. Who does not fit waits, oldest first, for a bounded time
/// and in a bounded queue; nobody waits because of another organisation.
/// </summary>
internal sealed class QuestionShares(IOptions<GatewayOptions> options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How many questions an answer in many messages counts for: it holds pages of every home that it asks.</summary>
    public const int OfStream = 8;

    private const int WaitingPerShare = 4;

    private readonly int _shares = options.Value.Questions;
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuestionPatienceSeconds);
    private readonly PartitionedRateLimiter<string> _limits = PartitionedRateLimiter.Create<string, string>(
        organisation => RateLimitPartition.GetConcurrencyLimiter(organisation, _ => new()
        {
            PermitLimit = options.Value.Questions,
            QueueLimit = options.Value.Questions * WaitingPerShare,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }),
        StringComparer.Ordinal);

    /// <summary>Takes an organisation's share for one question; dispose of it when the question is answered.</summary>
    /// <param name="organisation">Who asks.</param>
    /// <param name="weight">For how many questions it counts.</param>
    /// <param name="cancellation">The call's.</param>
    /// <exception cref="Grpc.Core.RpcException">RESOURCE_EXHAUSTED: too many are being answered and wait.</exception>
    public async ValueTask<IDisposable> Take(string organisation, int weight, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_patience, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var lease = await _limits.AcquireAsync(organisation, Math.Min(weight, _shares), waiting.Token);
            if (lease.IsAcquired) return lease;
            lease.Dispose();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
        throw Refused.TooManyQuestions(_shares);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _limits.DisposeAsync();
}
