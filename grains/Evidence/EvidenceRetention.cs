using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;
using CrossBorderSoc.Grains.Trends;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Grains.Evidence;

/// <summary>
/// Takes evidence away when its retention has ended: first a snapshot takes the place of the rows of each subject that it names,
/// then its record and its identifiers go. Tallies stay. Design, section 5, point 7.
/// </summary>
/// <param name="stores">The homes that this node carries.</param>
/// <param name="subjects">Folds the subjects that old evidence names.</param>
/// <param name="lag">What the hub has applied: nothing goes before it.</param>
/// <param name="time">The grid's time.</param>
/// <param name="retention">How long evidence is kept after it was last seen.</param>
/// <param name="log">Told of what failed; it is tried again.</param>
public sealed class EvidenceRetention(
    IGridStore stores, Subjects subjects, ReleaseLag lag, TimeProvider time, TimeSpan retention, ILogger<EvidenceRetention> log)
    : BackgroundService
{
    private const int BytesPerStep = 1 << 20;
    private const int SubjectsAtOnce = 32;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    // A sighting may have been seen so much after it was accepted; and while it can be sent again, its identifier is needed.
    private static readonly TimeSpan SeenAfterAcceptance = TimeSpan.FromMilliseconds(Bounds.FutureMillisecondsMax);

    /// <summary>Takes away what has expired in every carried home.</summary>
    /// <returns>How many records went.</returns>
    public async Task<long> RemoveExpired(CancellationToken cancellation)
    {
        long removed = 0;
        foreach (var home in stores.Homes) removed += await RemoveExpired(stores[home], cancellation);
        return removed;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                var removed = await RemoveExpired(stoppingToken);
                if (removed > 0) log.LogInformation("Retention: {Records} records of evidence are gone.", removed);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(
                    "Expired evidence could not be removed now; it is tried again in an hour: {Failure}", LoggedFailure.Of(e));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<long> RemoveExpired(IHomeStore store, CancellationToken cancellation)
    {
        var last = Math.Min(
            await store.LastSeen.ReadPosition(cancellation), store.Home.IsHub ? long.MaxValue : lag.AppliedOf(store.Home));
        // From the start: what an attempt before this one announced and could not remove is still there.
        var (from, removed) = (0L, 0L);
        while (await NextExpired(store, from, last, cancellation) is { Count: > 0 } expired)
        {
            from = expired[^1].Position;
            await Parallel.ForEachAsync(
                RecordSubjects.Of(expired), new ParallelOptions { MaxDegreeOfParallelism = SubjectsAtOnce, CancellationToken = cancellation },
                async (subject, stop) => await RetireRows(store, subject, expired[^1].Position, stop));
            // The index is not logged: what it has of these records is to be there after a crash.
            await store.LastSeen.Flush(cancellation);
            await store.RetireRecords(from, cancellation);
            removed += expired.Count;
        }
        return removed;
    }

    private async Task<List<LedgerRecord>> NextExpired(IHomeStore store, long from, long last, CancellationToken cancellation)
    {
        if (from >= last) return [];
        var expiry = (time.GetUtcNow() - retention - SeenAfterAcceptance).ToUnixTimeMilliseconds();
        var records = await store.ReadLedger(from, BytesPerStep, cancellation);
        return [.. records.TakeWhile(r => r.Position <= last && RecordHeader.Read(r.Header.Span).AcceptedAt < expiry)];
    }

    private async ValueTask RetireRows(IHomeStore store, SubjectName subject, long through, CancellationToken cancellation)
    {
        var snapshot = await subjects.Snapshot(store.Home, subject, cancellation);
        // No row was ever written: of before assets joined anything.
        if (snapshot.Position == 0) return;
        // The hub may have to take something back of what a snapshot holds.
        var retired = store.Home.IsHub ? await subjects.Retired(store.Home, subject, through, cancellation) : null;
        await store.RetireRows(subject.Family, subject.Digest, snapshot, retired, through, cancellation);
    }
}
