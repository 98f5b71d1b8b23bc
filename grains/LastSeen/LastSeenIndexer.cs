using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>
/// Follows the ledger of each carried home and keeps the index of what was last seen when, by which lists are served. A failure costs
/// time, never an entry: the index says where to go on.
/// </summary>
/// <param name="stores">The homes that this node carries.</param>
/// <param name="compartments">Shared with the folds.</param>
/// <param name="time">The clock of retries.</param>
/// <param name="log">Told of what failed; it is tried again.</param>
public sealed class LastSeenIndexer(
    IGridStore stores, CompartmentCache compartments, TimeProvider time, ILogger<LastSeenIndexer> log) : BackgroundService
{
    private const int BytesPerStep = 1 << 20;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Brings a home's index up to its ledger's head.</summary>
    /// <returns>The position up to which it is.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be read or written.</exception>
    public async Task<long> CatchUp(IHomeStore store, CancellationToken cancellation)
    {
        var position = await store.LastSeen.ReadPosition(cancellation);
        while (position < store.Head) position = await Step(store, position, cancellation);
        return position;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(stores.Homes.Select(h => Task.Run(() => Run(stores[h], stoppingToken), stoppingToken)));

    private async Task Run(IHomeStore store, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await store.WaitForHead(await CatchUp(store, stopping), stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning("Lists of {Home} stay behind: {Failure}", store.Home, LoggedFailure.Of(e));
                await Task.Delay(RetryPause, time, stopping);
            }
        }
    }

    // Retention may have taken the next records away: their tallies stay, and so do their entries.
    private async ValueTask<long> Step(IHomeStore store, long position, CancellationToken cancellation)
    {
        var records = await store.ReadLedger(position, BytesPerStep, cancellation);
        if (records.Count == 0) return store.Head;
        var entries = new LastSeenEntries(compartments);
        foreach (var record in records)
            if (store.Home.IsHub) entries.AddOfHub(record);
            else entries.AddOfHome(record);
        await store.LastSeen.Add(entries.ToMembers(), records[^1].Position, cancellation);
        return records[^1].Position;
    }
}
