namespace CrossBorderSoc.Gateway.Push;

/// <summary>
/// Bounds the bytes in flight of all streams together, of each organisation and of each stream. A batch counts from its
/// arrival; one that does not fit waits, unparsed, and while so much has arrived, nothing more is read. First come, first
/// served, among those whose own shares have room.
/// </summary>
internal sealed class ByteBudget(long bytesMax)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _arrived = new();
    private readonly LinkedList<Waiter> _readers = new();
    private readonly Share _all = new(bytesMax);

    /// <summary>How many batches have arrived and wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _arrived.Count;
        }
    }

    /// <summary>How many streams wait to read now.</summary>
    public int Readers
    {
        get
        {
            lock (_lock) return _readers.Count;
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

    /// <summary>Completes when there is room to read a batch of about so many bytes. It holds nothing: a stream on which nothing
    /// comes must not keep others waiting.</summary>
    public ValueTask Room(Share organisation, Share stream, int bytes, CancellationToken cancellation) =>
        Wait(_readers, new(organisation, stream, bytes), cancellation);

    /// <summary>Takes the bytes of a batch that has arrived, at once or when they fit.</summary>
    public ValueTask Take(Share organisation, Share stream, int bytes, CancellationToken cancellation) =>
        Wait(_arrived, new(organisation, stream, bytes), cancellation);

    /// <summary>Gives bytes back and lets in who fits now.</summary>
    public void Return(Share organisation, Share stream, int bytes)
    {
        lock (_lock)
        {
            new Waiter(organisation, stream, bytes).Hold(_all, -1);
            LetIn();
        }
    }

    private ValueTask Wait(LinkedList<Waiter> line, Waiter waiter, CancellationToken cancellation)
    {
        LinkedListNode<Waiter> place;
        lock (_lock)
        {
            place = line.AddLast(waiter);
            if (line == _arrived) waiter.Await(_all, 1);
            LetIn();
            if (place.List is null) return ValueTask.CompletedTask;
        }
        return Wait(place, cancellation);
    }

    private async ValueTask Wait(LinkedListNode<Waiter> place, CancellationToken cancellation)
    {
        await using var registration = cancellation.Register(() => GiveUp(place, cancellation));
        await place.Value.Admitted.Task;
    }

    private void GiveUp(LinkedListNode<Waiter> place, CancellationToken cancellation)
    {
        lock (_lock)
        {
            // Not in a list: admitted already, and the bytes are the stream's to give back.
            if (place.List is null) return;
            if (place.List == _arrived) place.Value.Await(_all, -1);
            place.List.Remove(place);
            place.Value.Admitted.TrySetCanceled(cancellation);
            LetIn();
        }
    }

    private void LetIn()
    {
        LetIn(_arrived, waiter => waiter.OwnFit, waiter => _all.Fits(waiter.Bytes), waiter =>
        {
            waiter.Await(_all, -1);
            waiter.Hold(_all, 1);
        });
        // Those who are let in now are counted when their batch arrives; until then, for this round, by what they expect.
        long expected = 0;
        LetIn(_readers, waiter => waiter.OwnRoom, waiter => _all.HasRoom(expected + waiter.Bytes),
            waiter => expected += waiter.Bytes);
    }

    private static void LetIn(
        LinkedList<Waiter> line, Func<Waiter, bool> fitsItself, Func<Waiter, bool> fitsAll, Action<Waiter> admit)
    {
        for (var node = line.First; node is not null;)
        {
            var (waiter, next) = (node.Value, node.Next);
            if (fitsItself(waiter))
            {
                // Nobody overtakes who waits for the whole: a large batch would wait for ever.
                if (!fitsAll(waiter)) return;
                admit(waiter);
                line.Remove(node);
                waiter.Admitted.TrySetResult();
            }
            node = next;
        }
    }

    private sealed record Waiter(Share Organisation, Share Stream, int Bytes)
    {
        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool OwnFit => Organisation.Fits(Bytes) && Stream.Fits(Bytes);

        public bool OwnRoom => Organisation.HasRoom(Bytes) && Stream.HasRoom(Bytes);

        public void Hold(Share all, int times)
        {
            foreach (var share in (ReadOnlySpan<Share>)[all, Organisation, Stream]) share.Held += times * Bytes;
        }

        public void Await(Share all, int times)
        {
            foreach (var share in (ReadOnlySpan<Share>)[all, Organisation, Stream]) share.Waiting += times * Bytes;
        }
    }
}
