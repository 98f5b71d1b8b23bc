namespace CrossBorderSoc.Grains.Changes;

/// <summary>
/// One turn at a time, by turns to whoever stands at the lowest position, so that all who wait go on side by side, and to whoever waits
/// longest, so that nobody waits for ever.
/// </summary>
internal sealed class TurnByPosition
{
    private readonly Lock _lock = new();
    private readonly List<(long Position, TaskCompletionSource Turn)> _waiting = [];
    private bool _isTaken;
    private bool _isForTheLongest;

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
            _waiting.Add((position, turn));
            return turn.Task;
        }
    }

    /// <summary>Ends the turn.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isTaken = _waiting.Count > 0;
            if (!_isTaken) return;
            var next = _isForTheLongest ? _waiting[0] : _waiting.MinBy(each => each.Position);
            _isForTheLongest = !_isForTheLongest;
            _waiting.Remove(next);
            next.Turn.SetResult();
        }
    }
}
