namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// The newest moves of one caller's watches, each from where the one before ended. Only who is furthest makes the next, one after the other;
/// who is behind by moves that are kept gets these together without a question, and who is behind further catches up with the furthest
/// place exactly. So however slow some of the watches are, the homes are asked once for all.
/// </summary>
internal sealed class WatchChain
{
    /// <summary>Most moves that are kept.</summary>
    public const int MovesMax = 20;

    /// <summary>Most changes in all moves that are kept.</summary>
    public const int ChangesMax = 10_000;

    private readonly Lock _turn = new();
    private readonly List<(WatchPlace From, WatchMove Move)> _moves = [];
    private WatchPlace? _head;
    private (WatchPlace From, Task<WatchMove> Move)? _next;

    /// <summary>A move from a place, towards now.</summary>
    /// <param name="place">Where a watch stands.</param>
    /// <param name="step">What changed between the place and now.</param>
    /// <param name="catchUp">What changed between the place and one that is further.</param>
    public Task<WatchMove> Move(WatchPlace place, Func<Task<WatchMove>> step, Func<WatchPlace, Task<WatchMove>> catchUp)
    {
        lock (_turn)
        {
            if (_moves.FindIndex(each => each.From == place) is >= 0 and var first)
                return Task.FromResult(WatchMove.Together(_moves.Skip(first).Select(each => each.Move)));
            if (_head is { } head && !place.IsFrom(head)) return catchUp(head);
            if (_head != place)
            {
                _moves.Clear();
                _head = place;
            }
            if (_next is not { Move.IsCompleted: false } next || next.From != place) _next = next = (place, Go(place, step));
            return next.Move;
        }
    }

    private async Task<WatchMove> Go(WatchPlace place, Func<Task<WatchMove>> step)
    {
        var move = await step();
        lock (_turn)
        {
            if (_head != place || move.Next == place) return move;
            _head = move.Next;
            _moves.Add((place, move));
            while (_moves.Count > MovesMax || _moves.Sum(each => each.Move.Changed.Count) > ChangesMax) _moves.RemoveAt(0);
        }
        return move;
    }
}
