using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
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
/// <param name="keys">Names incidents, at the hub.</param>
/// <param name="time">The clock of retries.</param>
/// <param name="log">Told of what failed; it is tried again.</param>
public sealed class LastSeenIndexer(
    IGridStore stores, CompartmentCache compartments, ActorKeyring keys, TimeProvider time, ILogger<LastSeenIndexer> log) : BackgroundService
{
    private const int BytesPerStep = 1 << 18;

    // At most a third of one core: under more load than that, acknowledgements come first and lists late.
    private const int PausePerStep = 2;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Home, Known> _known = stores.Homes.ToDictionary(home => home, _ => new Known());

    // One home after the other: what they do keeps a thread, and threads are few.
    private readonly SemaphoreSlim _turn = new(1);

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(stores.Homes.Select(h => Task.Run(() => Run(stores[h], stoppingToken), stoppingToken)));

    /// <summary>Adds the next records to a home's index, and gives the position that it is up to now.</summary>
    internal async ValueTask<long> Step(IHomeStore store, CancellationToken cancellation)
    {
        var known = _known[store.Home];
        try
        {
            var epoch = store.Identity.Epoch;
            // It is asked each time: a store that was opened again may be back at what was flushed.
            var position = await store.LastSeen.ReadPosition(cancellation);
            if (position < known.Position || epoch != known.Epoch) known.Clear();
            known.Epoch = epoch;
            var head = store.Head;
            var records = await store.ReadLedger(position, BytesPerStep, cancellation);
            var entries = new LastSeenEntries(compartments, known.Hours, known.Together, keys);
            foreach (var record in records)
                if (store.Home.IsHub) entries.AddOfHub(record);
                else entries.AddOfHome(record);
            // Retention may have taken the next records away: their tallies stay, and so do their entries.
            known.Position = records.Count > 0 ? records[^1].Position : Math.Max(position, head);
            if (known.Position > position) await store.LastSeen.Add(entries.ToMembers(), known.Position, epoch, cancellation);
            return known.Position;
        }
        catch
        {
            // It took note of what may not be there.
            known.Clear();
            throw;
        }
    }

    private async Task Run(IHomeStore store, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await Follow(store, stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning("Lists of {Home} stay behind: {Failure}", store.Home, LoggedFailure.Of(e));
                await Task.Delay(RetryPause, time, stopping);
            }
        }
    }

    private async Task Follow(IHomeStore store, CancellationToken stopping)
    {
        for (var position = await store.LastSeen.ReadPosition(stopping); ;)
        {
            await store.WaitForHead(position, stopping);
            await _turn.WaitAsync(stopping);
            try
            {
                var start = time.GetTimestamp();
                position = await Step(store, stopping);
                await Task.Delay(PausePerStep * time.GetElapsedTime(start), time, stopping);
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    private sealed class Known
    {
        public KnownHours Hours { get; } = new();

        public KnownHours Together { get; } = new();

        public long Position { get; set; }

        public int Epoch { get; set; }

        public void Clear()
        {
            Hours.Clear();
            Together.Clear();
        }
    }
}
