namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// Moves over a full hour with what left the window, which may take long to find: the newest are kept, so that all watches of a caller, and
/// those who come back, find it once.
/// </summary>
internal sealed class AgedMoves
{
    private const int KeptMax = 4;

    private readonly Lock _turn = new();
    private readonly Queue<(WatchPlace Place, WatchMove Move, Task<WatchMove> Aged)> _known = new();

    /// <summary>A move from a place with what left. One that failed, or could not be told yet, is looked for anew.</summary>
    public Task<WatchMove> Once(WatchPlace place, WatchMove move, Func<Task<WatchMove>> find)
    {
        lock (_turn)
        {
            foreach (var known in _known)
                if (known.Place == place && known.Move == move && IsOfUse(place, known.Aged)) return known.Aged;
            var aged = find();
            _known.Enqueue((place, move, aged));
            if (_known.Count > KeptMax) _known.Dequeue();
            return aged;
        }
    }

    private static bool IsOfUse(WatchPlace place, Task<WatchMove> aged) =>
        !aged.IsCompleted || (aged.IsCompletedSuccessfully && aged.Result.Next != place);
}
