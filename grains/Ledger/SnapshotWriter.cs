using CrossBorderSoc.Contracts.Actors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>
/// Folds what has grown into snapshots behind the writes, so that the first question about a value, however often it was seen,
/// reads a bounded number of rows. Design, section 5, point 7.
/// </summary>
/// <param name="stores">The homes that this node carries.</param>
/// <param name="subjects">Folds their subjects.</param>
/// <param name="time">Measures how long a fold took.</param>
/// <param name="log">Told of what failed; the rows stay, and the next to ask folds them.</param>
public sealed class SnapshotWriter(IGridStore stores, Subjects subjects, TimeProvider time, ILogger<SnapshotWriter> log)
    : BackgroundService
{
    // At most a twenty-fifth of one core, some 800 sightings of hot values a second: acknowledgements come first, snapshots late.
    private const int PausePerFold = 24;

    private readonly SemaphoreSlim _turn = new(1);

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(stores.Homes.Select(h => Task.Run(() => Follow(stores[h], stoppingToken), stoppingToken)));

    private async Task Follow(IHomeStore store, CancellationToken stopping)
    {
        while (true)
        {
            var subject = await store.NextGrown(stopping);
            await _turn.WaitAsync(stopping);
            try
            {
                await Fold(store, subject, stopping);
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    private async Task Fold(IHomeStore store, SubjectName subject, CancellationToken stopping)
    {
        var start = time.GetTimestamp();
        try
        {
            await subjects.Snapshot(store.Home, subject, stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning("A snapshot in {Home} could not be made now: {Failure}", store.Home, LoggedFailure.Of(e));
        }
        await Task.Delay(PausePerFold * time.GetElapsedTime(start), time, stopping);
    }
}
