using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Grains.Consortium;

/// <summary>
/// This node's copy of the policy, renewed every second and good for ten: a node that has not heard of the hub for longer
/// answers nothing between organisations. Time is the hub's, carried on by a monotonic clock.
/// </summary>
public sealed class PolicyReplica(
    IGrainFactory grains, IGridStore stores, IHomeTokens tokens, TimeProvider time, ILogger<PolicyReplica> log)
    : BackgroundService, IPolicyReplica
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private volatile Held? _held;

    /// <inheritdoc/>
    public PolicyHistory? Current => _held is { } held && time.GetElapsedTime(held.At) < Lease ? held.History : null;

    /// <inheritdoc/>
    public PolicyHistory? LastKnown => _held?.History;

    /// <inheritdoc/>
    public long Now => _held is { } held
        ? held.HubTime + (long)time.GetElapsedTime(held.At).TotalMilliseconds
        : time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewEvery, time);
        do
        {
            try
            {
                await Renew();
            }
            catch (Exception e)
            {
                log.LogWarning("The policy could not be renewed: {Failure}", LoggedFailure.Of(e));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // The lease runs from before the question, so that a slow answer shortens it and never stretches it.
    private async Task Renew()
    {
        var asked = time.GetTimestamp();
        var known = _held?.History;
        var copy = await grains.GetGrain<IConsortium>(ActorKeys.Whole(Home.Hub))
            .Current(tokens.TokenOf(stores.Homes.First()), known?.Number ?? 0);
        var history = copy.History is { } bytes ? PolicyHistory.FromBytes(bytes) : known;
        if (history is not null) _held = new(history, copy.HubTime, asked);
    }

    private sealed record Held(PolicyHistory History, long HubTime, long At);
}
