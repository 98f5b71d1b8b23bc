using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// Of which nodes a caller's watches were told that they are core no more, since they have too many neighbours: so that a busy hub is not
/// told of with every sighting. It spares messages and nothing else: what is forgotten is told again.
/// </summary>
internal sealed class ToldHubs
{
    /// <summary>Most nodes that are remembered.</summary>
    public const int NodesMax = 4_096;

    private readonly Lock _turn = new();
    private readonly Dictionary<Observable, long> _since = [];

    /// <summary>Whether a node was a hub at an instant (Unix milliseconds UTC) up to which a watch had been told, that included.</summary>
    public bool Hold(in Observable node, long at)
    {
        lock (_turn) return _since.TryGetValue(node, out var since) && since <= at;
    }

    /// <summary>Notes whether a node is a hub, as seen before an instant.</summary>
    public void Note(in Observable node, bool isHub, long at)
    {
        lock (_turn)
        {
            if (!isHub) _since.Remove(node);
            else if (_since.TryAdd(node, at) && _since.Count > NodesMax)
            {
                _since.Clear();
                _since.Add(node, at);
            }
        }
    }

    /// <summary>Forgets all.</summary>
    public void Forget()
    {
        lock (_turn) _since.Clear();
    }
}
