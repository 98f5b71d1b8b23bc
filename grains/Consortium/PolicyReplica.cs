using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Grains.Consortium;

/// <summary>
/// This node's copy of the policy, renewed every second and good for ten: a node that has not heard of the hub for longer
/// tells nothing between organisations. The hub read its clock between question and answer: carried on from the answer it is never ahead of the
/// hub's time, carried on from the question never behind it.
/// </summary>
public sealed class PolicyReplica(
    IGrainFactory grains, IHomeTokens tokens, TimeProvider time, ILogger<PolicyReplica> log)
    : BackgroundService, IPolicyReplica
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);

    private volatile Held? _held;
    private long _latestNow = long.MinValue;

    /// <inheritdoc/>
    public PolicyHistory? Current => _held is { } held && IsLeased(held) ? held.History : null;

    /// <inheritdoc/>
    public PolicyHistory? LastKnown => _held?.History;

    /// <inheritdoc/>
    public long Now => _held is { } held ? NeverBack(held.HubTime + Since(held.Answered)) : time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public bool Accepts(long instant)
    {
        if (_held is not { } held || !IsLeased(held)) return false;
        var lease = (long)IPolicyReplica.Lease.TotalMilliseconds;
        return instant >= held.HubTime + Since(held.Asked) - lease && instant <= Now + lease;
    }

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

    private bool IsLeased(Held held) => time.GetElapsedTime(held.Asked) < IPolicyReplica.Lease;

    private long Since(long timestamp) => (long)time.GetElapsedTime(timestamp).TotalMilliseconds;

    // An answer that came more slowly than the one before it tells an earlier time: then time stands still for that long.
    private long NeverBack(long now)
    {
        var latest = Volatile.Read(ref _latestNow);
        while (now > latest)
        {
            var found = Interlocked.CompareExchange(ref _latestNow, now, latest);
            if (found == latest) return now;
            latest = found;
        }
        return latest;
    }

    // The lease runs from before the question, so that a slow answer shortens it and never stretches it.
    private async Task Renew()
    {
        var asked = time.GetTimestamp();
        var known = _held?.History;
        var copy = await grains.GetGrain<IConsortium>(ActorKeys.Whole(Home.Hub))
            .Current(tokens.OfNode, known?.Number ?? 0);
        var history = copy.History is { } bytes ? PolicyHistory.FromBytes(bytes) : known;
        // What the grid's time has come to under the old answer counts, whether somebody looked or not.
        if (_held is not null) _ = Now;
        if (history is not null) _held = new(history, copy.HubTime, asked, time.GetTimestamp());
    }

    private sealed record Held(PolicyHistory History, long HubTime, long Asked, long Answered);
}
