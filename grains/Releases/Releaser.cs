using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Grains.Releases;

/// <summary>
/// Carries what may leave each carried jurisdiction to the hub: reads (hub's watermark, head] of the ledger and keeps one
/// release in flight, so that hot values coalesce by themselves. A failure costs time, never a statement: the hub's
/// watermark says where to go on.
/// </summary>
public sealed class Releaser(
    IGridStore stores, IGrainFactory grains, IPolicyReplica policy, IHomeTokens tokens, ReleaseLag lag, SetBacks setBacks,
    TimeProvider time, ILogger<Releaser> log) : BackgroundService
{
    private const int ReleaseBytesMax = 1 << 20;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    // Told once per pause: it is tried four times a second.
    private readonly ConcurrentDictionary<Home, bool> _paused = new();

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(stores.Homes.Where(h => !h.IsHub).Select(h => Task.Run(() => Run(stores[h], stoppingToken), stoppingToken)));

    private async Task Run(IHomeStore store, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Follow(store, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (_paused.TryAdd(store.Home, true))
                    log.LogWarning("Releases of {Home} pause: {Failure}", store.Home, LoggedFailure.Of(e));
                await Task.Delay(RetryPause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Follow(IHomeStore store, CancellationToken stopping)
    {
        var hub = grains.GetGrain<IReleases>(ActorKeys.ReleasesOf(store.Home));
        var applied = await setBacks.Agree(store, hub, stopping);
        while (true)
        {
            lag.Report(store.Home, applied);
            await store.WaitForHead(applied, stopping);
            // What was narrowed while the hub was out of reach is not released as if it were not.
            if (policy.Current is not { } history) throw new GridUnavailableException("No valid lease on the policy.");
            var records = await store.ReadLedger(applied, ReleaseBytesMax, stopping);
            var release = ReleaseBuilder.Build(store.Identity, applied, records, history);
            var now = (await hub.Apply(tokens.TokenOf(store.Home), release)).Position;
            if (now == applied && now != release.To) throw new GridUnavailableException("The hub does not take what follows its watermark.");
            if (now != release.To) log.LogInformation("The hub is at {Now} of {Home}, not at {To}.", now, store.Home, release.To);
            applied = now;
            if (_paused.TryRemove(store.Home, out _)) log.LogInformation("Releases of {Home} go on.", store.Home);
        }
    }
}
