namespace CrossBorderSoc.Silo.Storage;

/// <summary>Those who wait for a ledger's head to pass a position.</summary>
internal sealed class HeadWaiters
{
    private readonly Lock gate = new();
    private readonly List<(long Above, TaskCompletionSource Done)> waiting = [];
    private Exception? closed;

    /// <summary>Completes when the head passes <paramref name="above"/>; <paramref name="head"/> reads it.</summary>
    public Task Wait(long above, Func<long> head, CancellationToken cancellation)
    {
        TaskCompletionSource done;
        lock (gate)
        {
            if (head() > above) return Task.CompletedTask;
            if (closed is not null) return Task.FromException(closed);
            done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((above, done));
        }

        return cancellation.CanBeCanceled ? Cancellable(done, cancellation) : done.Task;
    }

    /// <summary>The head is now at a position.</summary>
    public void Advance(long head)
    {
        lock (gate)
        {
            waiting.RemoveAll(waiter => waiter.Above < head && waiter.Done.TrySetResult());
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void Close(Exception reason)
    {
        lock (gate)
        {
            closed = reason;
            foreach (var (_, done) in waiting) done.TrySetException(reason);
            waiting.Clear();
        }
    }

    private async Task Cancellable(TaskCompletionSource done, CancellationToken cancellation)
    {
        try
        {
            await done.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            lock (gate) waiting.RemoveAll(waiter => waiter.Done == done);
            throw;
        }
    }
}
