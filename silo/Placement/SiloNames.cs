using System.Diagnostics.CodeAnalysis;
using CrossBorderSoc.Silo.Peers;

namespace CrossBorderSoc.Silo.Placement;

/// <summary>The names of silos as placement believes them: as membership gives them, unless the certificate of whoever is there does not carry the
/// name.</summary>
internal sealed class SiloNames(ISiloStatusOracle silos, ConnectedPeers peers, RefusedDials refused)
{
    /// <summary>The name of a silo, if it is known and believed.</summary>
    public bool TryGet(SiloAddress silo, [NotNullWhen(true)] out string? name) =>
        silos.TryGetSiloName(silo, out name) && peers.MayBe(silo, name) && !refused.Hold(silo);
}
