using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>
/// Who is at the other end of the silo's connections. A silo's name comes with membership, which any member can write; what its certificate
/// carries is known here. Without TLS it is empty, and every name is taken as it is.
/// </summary>
internal sealed class ConnectedPeers
{
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<SiloAddress, ImmutableArray<ConnectedPeer>> _byAddress = new();

    /// <summary>Every peer.</summary>
    public IEnumerable<ConnectedPeer> All => _byAddress.Values.SelectMany(peers => peers);

    /// <summary>Whether no connection speaks against a silo's having a name.</summary>
    public bool MayBe(SiloAddress silo, string siloName)
    {
        if (!_byAddress.TryGetValue(silo, out var peers)) return true;
        foreach (var peer in peers)
            if (!peer.Identity.Covers(siloName)) return false;
        return true;
    }

    /// <summary>Notes a peer for as long as its connection lasts.</summary>
    public void Add(ConnectedPeer peer)
    {
        lock (_writing) _byAddress[peer.Silo] = [.. _byAddress.GetValueOrDefault(peer.Silo, []), peer];
    }

    /// <summary>Forgets a peer.</summary>
    public void Remove(ConnectedPeer peer)
    {
        lock (_writing)
        {
            var left = _byAddress.GetValueOrDefault(peer.Silo, []).Remove(peer);
            if (left.IsEmpty) _byAddress.TryRemove(peer.Silo, out _);
            else _byAddress[peer.Silo] = left;
        }
    }
}

/// <summary>One peer of one connection.</summary>
/// <param name="Silo">The silo that it says to be.</param>
/// <param name="Certificate">What it showed.</param>
/// <param name="Use">Which end of the connection it is.</param>
/// <param name="Identity">What its certificate carries.</param>
/// <param name="Connection">The connection.</param>
internal sealed record ConnectedPeer(
    SiloAddress Silo, X509Certificate2 Certificate, PeerUse Use, PeerIdentity Identity, ConnectionContext Connection);
