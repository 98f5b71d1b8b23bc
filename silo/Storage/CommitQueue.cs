using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Storage;

/// <summary>
/// The bounded queue before the committer, first come first served. Who finds it full waits outside and may still give up; who is
/// in it can no longer. How much waits outside is bounded, too: beyond, a write is refused.
/// </summary>
internal sealed class CommitQueue(QueueBounds bounds) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Queue<PendingWrite> admitted = [];
    private readonly LinkedList<PendingWrite> outside = [];
    private readonly SemaphoreSlim filled = new(0);
    private long items;
    private long bytes;
    private long outsideBytes;
    private bool closed;

    /// <summary>Adds a write; its own task tells the outcome. Throws <see cref="StoreUnavailableException"/> when it cannot even
    /// wait.</summary>
    public void Add(PendingWrite write, CancellationToken cancellation)
    {
        LinkedListNode<PendingWrite>? place = null;
        lock (gate)
        {
            if (closed) throw new StoreUnavailableException("The store is closed.");
            if (outside.Count == 0 && HasRoom(write)) Admit(write);
            else place = WaitOutside(write);
        }

        if (place is not null && cancellation.CanBeCanceled) cancellation.Register(() => GiveUp(place, cancellation));
    }

    /// <summary>Fills the next group; waits for the first write, at most so long. False when closed and empty.</summary>
    public bool Take(List<PendingWrite> group, TimeSpan wait)
    {
        filled.Wait(wait);
        return TakeNow(group);
    }

    /// <summary>The same, keeping no thread.</summary>
    public async ValueTask<bool> TakeAsync(List<PendingWrite> group, TimeSpan wait)
    {
        await filled.WaitAsync(wait);
        return TakeNow(group);
    }

    /// <summary>Takes nothing more in; what is inside will still be taken out.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Signal();
        }
    }

    public void Dispose() => filled.Dispose();

    private bool TakeNow(List<PendingWrite> group)
    {
        lock (gate)
        {
            if (admitted.Count == 0) return !closed;
            long groupItems = 0, groupBytes = 0;
            while (admitted.TryPeek(out var next))
            {
                groupItems += next.Items;
                groupBytes += next.Bytes;
                if (group.Count > 0 && (groupItems > bounds.GroupItemsMax || groupBytes > bounds.GroupBytesMax)) break;
                group.Add(admitted.Dequeue());
                items -= next.Items;
                bytes -= next.Bytes;
            }

            while (outside.First is { } first && HasRoom(first.Value))
            {
                Leave(first);
                Admit(first.Value);
            }

            if (admitted.Count > 0 || closed) Signal();
            return true;
        }
    }

    private bool HasRoom(PendingWrite write) => admitted.Count == 0
        || (items + write.Items <= bounds.QueueItemsMax && bytes + write.Bytes <= bounds.QueueBytesMax);

    private LinkedListNode<PendingWrite> WaitOutside(PendingWrite write)
    {
        if (outside.Count > 0 && (outside.Count >= bounds.WaitingMax || outsideBytes + write.Bytes > bounds.WaitingBytesMax))
            throw new StoreUnavailableException("The store is busy: too much waits to be written.");
        outsideBytes += write.Bytes;
        return outside.AddLast(write);
    }

    private void Leave(LinkedListNode<PendingWrite> place)
    {
        outside.Remove(place);
        outsideBytes -= place.Value.Bytes;
    }

    private void Admit(PendingWrite write)
    {
        admitted.Enqueue(write);
        items += write.Items;
        bytes += write.Bytes;
        Signal();
    }

    private void Signal()
    {
        if (filled.CurrentCount == 0) filled.Release();
    }

    private void GiveUp(LinkedListNode<PendingWrite> place, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (place.List is null) return;
            Leave(place);
        }

        place.Value.Fail(new OperationCanceledException(cancellation));
    }
}
