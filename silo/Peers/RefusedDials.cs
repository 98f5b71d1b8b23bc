using System.Net;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>
/// Silos at whose endpoint we found somebody who is not who membership says. No message reaches such a silo, so nothing is to be placed there,
/// whatever it says of itself. Bounded; what is forgotten is found again by the next dial.
/// </summary>
internal sealed class RefusedDials
{
    /// <summary>Most silos that are remembered.</summary>
    public const int SilosMax = 1_024;

    private readonly Lock _writing = new();
    private volatile HashSet<SiloAddress> _refused = [];

    /// <summary>Whether a silo was not who it says when it was dialled last.</summary>
    public bool Hold(SiloAddress silo) => _refused.Contains(silo);

    /// <summary>Notes silos that were dialled in vain.</summary>
    public void Note(IEnumerable<SiloAddress> silos)
    {
        lock (_writing)
        {
            HashSet<SiloAddress> more = [.. _refused, .. silos];
            _refused = more.Count <= SilosMax ? more : [];
        }
    }

    /// <summary>Forgets what was at an endpoint: who it is now showed the right certificate.</summary>
    public void Forget(EndPoint? endpoint)
    {
        // Nearly always nothing is there.
        if (_refused.Count == 0) return;
        lock (_writing) _refused = [.. _refused.Where(silo => !silo.Endpoint.Equals(endpoint))];
    }
}
