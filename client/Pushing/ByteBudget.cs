namespace CrossBorderSoc.Client.Pushing;

/// <summary>Bytes that may be held at once. One taker waits; many give back.</summary>
internal sealed class ByteBudget(long bytesMax)
{
    private readonly Lock gate = new();
    private long taken;
    private TaskCompletionSource? waiting;

    /// <summary>Waits until the bytes fit. Something larger than the whole budget goes alone.</summary>
    public async Task TakeAsync(long bytes, CancellationToken cancellation)
    {
        while (!TryTake(bytes, out var room)) await room.WaitAsync(cancellation);
    }

    public void GiveBack(long bytes)
    {
        lock (gate)
        {
            taken -= bytes;
            waiting?.TrySetResult();
            waiting = null;
        }
    }

    private bool TryTake(long bytes, out Task room)
    {
        lock (gate)
        {
            if (taken == 0 || taken + bytes <= bytesMax)
            {
                taken += bytes;
                room = Task.CompletedTask;
                return true;
            }
            waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            room = waiting.Task;
            return false;
        }
    }
}
