using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Ndjson;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>
/// Pushes a file of many owners: each row goes to a stream of its owner, under that owner's token, and the file's order
/// holds within each owner. Rows in flight take from one budget of bytes, and a limited number of streams are open.
/// </summary>
/// <remarks>
/// No deadlock: a row that holds budget is either on an open stream, which ends when its lane runs dry, or waits for a
/// stream to end; neither waits for the reader of the file.
/// </remarks>
/// <param name="clientOf">The client of an owner, or null when there is no token for it.</param>
/// <param name="time">The clock of pauses.</param>
/// <param name="streamsMax">Most streams open at once.</param>
/// <param name="bytesMax">Most encoded bytes that are read and not yet acknowledged.</param>
public sealed class OwnerRouter(
    Func<string, PushClient?> clientOf, TimeProvider time, int streamsMax = 64, long bytesMax = 32 * 1024 * 1024)
{
    private readonly Dictionary<string, OwnerLane> lanes = [];
    private readonly ByteBudget budget = new(bytesMax);
    private readonly Lock gate = new();
    private GridFailure? failure;
    private long unacknowledged;

    /// <summary>Pushes all rows. A router pushes once. The first stream that fails for good ends the whole push.</summary>
    /// <exception cref="OperationCanceledException">The push was cancelled.</exception>
    public async Task<PushResult> PushAsync(
        IAsyncEnumerable<NdjsonRow> rows, IPushObserver? observer, CancellationToken cancellation)
    {
        var totals = new PushTotals(observer);
        using var streams = new SemaphoreSlim(streamsMax);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await foreach (var row in rows.WithCancellation(stop.Token))
            {
                if (Route(row, totals) is not { } lane) continue;
                var sighting = new NumberedSighting(row.Line, row.Sighting!);
                await budget.TakeAsync(sighting.Bytes, stop.Token);
                if (lane.Add(sighting)) lane.Draining = DrainAsync(lane, streams, totals, stop);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // A stream failed for good, which stopped the reading; its status is the answer below.
        }
        finally
        {
            await Task.WhenAll(lanes.Values.Select(lane => lane.Draining));
        }
        cancellation.ThrowIfCancellationRequested();
        return totals.Result with { Unacknowledged = unacknowledged, Failure = failure };
    }

    private OwnerLane? Route(NdjsonRow row, PushTotals totals)
    {
        var refusal = row.Refusal;
        if (row.Sighting is { } sighting)
        {
            if (Lane(row.Owner) is { } lane) return lane;
            refusal = row.Owner.Length == 0
                ? new(row.Line, sighting.Id, "owner", "MISSING", "A row needs its owner here.")
                : new(row.Line, sighting.Id, "owner", "NO_TOKEN", $"There is no token for {row.Owner}.");
        }
        totals.Refused(refusal!);
        return null;
    }

    private OwnerLane? Lane(string owner)
    {
        if (lanes.TryGetValue(owner, out var lane)) return lane;
        if (owner.Length == 0 || clientOf(owner) is not { } client) return null;
        return lanes[owner] = new(client, time);
    }

    private async Task DrainAsync(
        OwnerLane lane, SemaphoreSlim streams, PushTotals totals, CancellationTokenSource stop)
    {
        try
        {
            do
            {
                await streams.WaitAsync(stop.Token);
                try
                {
                    Settle(await lane.Client.PushAsync(lane.DrainAsync(stop.Token), new Lease(totals, budget), stop.Token));
                }
                finally
                {
                    streams.Release();
                }
                if (failure is not null) await stop.CancelAsync();
            }
            while (lane.GoOn());
        }
        catch (OperationCanceledException)
        {
            // The caller, or a stream that failed for good, ended the push.
        }
        catch
        {
            // What this lane holds of the budget never comes back: nobody may go on waiting for it.
            await stop.CancelAsync();
            throw;
        }
    }

    private void Settle(PushResult result)
    {
        lock (gate)
        {
            failure ??= result.Failure;
            unacknowledged += result.Unacknowledged;
        }
    }

    /// <summary>Gives a batch's bytes back once it is acknowledged.</summary>
    private sealed class Lease(PushTotals totals, ByteBudget budget) : IPushObserver
    {
        public void Acknowledged(Acknowledgement acknowledgement)
        {
            totals.Acknowledged(acknowledgement);
            budget.GiveBack(acknowledgement.Bytes);
        }

        public void Refused(Refusal refusal) => totals.Refused(refusal);

        public void Interrupted(Interruption interruption) => totals.Interrupted(interruption);

        public void Resent(int sightings) => totals.Resent(sightings);
    }
}
