namespace CrossBorderSoc.Grains.Changes;

/// <summary>One turn at a time, to whoever stands at the lowest position: so all who wait go on side by side.</summary>
internal sealed class TurnByPosition
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private bool _isTaken;

    /// <summary>Completes when it is the turn of one who stands at a position; <see cref="End"/> afterwards.</summary>
    public Task Take(long position)
    {
        lock (_lock)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return Task.CompletedTask;
            }
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn, position);
            return turn.Task;
        }
    }

    /// <summary>Ends the turn.</summary>
    public void End()
    {
        lock (_lock)
            if (_waiting.TryDequeue(out var next, out _)) next.SetResult();
            else _isTaken = false;
    }
}
