using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// Of which nodes a watch was told that they are core no more, since they have too many neighbours: so that a busy hub is not told of with every
/// sighting. It spares messages and nothing else: what is forgotten is told again.
/// </summary>
internal sealed class ToldHubs
{
    /// <summary>Most nodes that are remembered.</summary>
    public const int NodesMax = 4_096;

    private readonly HashSet<Observable> _nodes = [];

    /// <summary>Whether it was told of a node.</summary>
    public bool Hold(in Observable node) => _nodes.Contains(node);

    /// <summary>Notes whether a node is a hub, as it is told.</summary>
    public void Note(in Observable node, bool isHub)
    {
        if (!isHub) _nodes.Remove(node);
        else if (_nodes.Add(node) && _nodes.Count > NodesMax)
        {
            _nodes.Clear();
            _nodes.Add(node);
        }
    }

    /// <summary>Forgets all: it was told to list.</summary>
    public void Forget() => _nodes.Clear();
}
