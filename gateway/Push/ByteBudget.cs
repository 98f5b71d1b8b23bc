namespace CrossBorderSoc.Gateway.Push;

/// <summary>
/// Bounds the bytes in flight of all streams together, of each organisation and of each stream. Who does not fit waits,
/// and while a stream waits nothing more is read from it. First come, first served, among those whose own shares have
/// room.
/// </summary>
internal sealed class ByteBudget(long bytesMax)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private readonly Share _all = new(bytesMax);

    /// <summary>How many wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _waiting.Count;
        }
    }

    /// <summary>Bytes held now by all.</summary>
    public long Held
    {
        get
        {
            lock (_lock) return _all.Held;
        }
    }

    /// <summary>Takes bytes of all three shares, at once or when they fit.</summary>
    public ValueTask Take(Share organisation, Share stream, int bytes, CancellationToken cancellation)
    {
        LinkedListNode<Waiter> waiter;
        lock (_lock)
        {
            waiter = _waiting.AddLast(new Waiter(organisation, stream, bytes));
            AdmitWaiting();
            if (waiter.List is null) return ValueTask.CompletedTask;
        }
        return Wait(waiter, cancellation);
    }

    /// <summary>Gives bytes back and lets in who fits now.</summary>
    public void Return(Share organisation, Share stream, int bytes)
    {
        lock (_lock)
        {
            Add(organisation, stream, -bytes);
            AdmitWaiting();
        }
    }

    private async ValueTask Wait(LinkedListNode<Waiter> waiter, CancellationToken cancellation)
    {
        await using var registration = cancellation.Register(() => GiveUp(waiter, cancellation));
        await waiter.Value.Admitted.Task;
    }

    private void GiveUp(LinkedListNode<Waiter> waiter, CancellationToken cancellation)
    {
        lock (_lock)
        {
            // Not in the list: admitted already, and the bytes are the stream's to give back.
            if (waiter.List is null) return;
            _waiting.Remove(waiter);
            waiter.Value.Admitted.TrySetCanceled(cancellation);
            AdmitWaiting();
        }
    }

    private void AdmitWaiting()
    {
        for (var node = _waiting.First; node is not null;)
        {
            var (waiter, next) = (node.Value, node.Next);
            if (waiter.Organisation.Fits(waiter.Bytes) && waiter.Stream.Fits(waiter.Bytes))
            {
                // Nobody overtakes who waits for the whole: a large batch would wait for ever.
                if (!_all.Fits(waiter.Bytes)) return;
                Add(waiter.Organisation, waiter.Stream, waiter.Bytes);
                _waiting.Remove(node);
                waiter.Admitted.TrySetResult();
            }
            node = next;
        }
    }

    private void Add(Share organisation, Share stream, int bytes)
    {
        _all.Held += bytes;
        organisation.Held += bytes;
        stream.Held += bytes;
    }

    private sealed record Waiter(Share Organisation, Share Stream, int Bytes)
    {
        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
