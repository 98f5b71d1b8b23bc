using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Placement;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Reads from the cluster's membership which jurisdictions are out.</summary>
internal sealed class JurisdictionStatus(ISiloStatusOracle silos) : IJurisdictionStatus
{
    public ImmutableArray<string> Unreachable
    {
        get
        {
            var names = silos.GetApproximateSiloStatuses(onlyActive: true).Keys
                .Select(silo => silos.TryGetSiloName(silo, out var name) ? name : "").ToList();
            return
            [
                .. Jurisdictions.All.Where(code => !names.Exists(name => CarriedHomes.Carries(name, code)))
                    .Order(StringComparer.Ordinal),
            ];
        }
    }
}
