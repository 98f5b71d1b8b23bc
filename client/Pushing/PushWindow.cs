using CrossBorderSoc.V1;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>
/// The batches that were sent and not acknowledged, oldest first. Invariant: free slots + batches held + slots taken by a
/// writer that waits for a batch = the window.
/// </summary>
internal sealed class PushWindow(int batchesMax) : IDisposable
{
    private readonly SemaphoreSlim slots = new(batchesMax);
    private readonly Queue<OutgoingBatch> held = new();

    public int Batches
    {
        get { lock (held) return held.Count; }
    }

    public int Sightings
    {
        get { lock (held) return held.Sum(batch => batch.Count); }
    }

    public Task TakeSlotAsync(CancellationToken cancellation) => slots.WaitAsync(cancellation);

    public void ReturnSlot() => slots.Release();

    public void Hold(OutgoingBatch batch)
    {
        lock (held) held.Enqueue(batch);
    }

    public OutgoingBatch[] Snapshot()
    {
        lock (held) return [.. held];
    }

    /// <summary>Lets the oldest batch go, if this is its acknowledgement; null if it cannot be.</summary>
    public OutgoingBatch? Settle(BatchAck ack)
    {
        lock (held)
        {
            if (!held.TryPeek(out var batch) || !Answers(ack, batch)) return null;
            held.Dequeue();
            slots.Release();
            return batch;
        }
    }

    public void Dispose() => slots.Dispose();

    private static bool Answers(BatchAck ack, OutgoingBatch batch) =>
        ack.Sequence == batch.Message.Sequence
        && (long)ack.Accepted + ack.Duplicates + ack.Rejections.Count == batch.Count
        && ack.Rejections.All(rejection => rejection.Index < batch.Count);
}
