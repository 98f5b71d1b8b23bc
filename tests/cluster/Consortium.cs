using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>A small consortium: Belgium gives Germany everything up to AMBER+STRICT in full; France has no agreement.</summary>
internal static class Consortium
{
    public static readonly Organisation Be = new("soc.be", "BE", "SOC BE", OrganisationKind.NationalSoc, [], [], Pap.Amber);
    public static readonly Organisation De = new("soc.de", "DE", "SOC DE", OrganisationKind.NationalSoc, [], [], Pap.Amber);
    public static readonly Organisation Fr = new("soc.fr", "FR", "SOC FR", OrganisationKind.NationalSoc, [], [], Pap.Amber);

    public static readonly Organisation[] All = [Be, De, Fr];

    public static readonly Agreement[] Agreements =
    [
        new("be-de", Party.Organisation(Be.Id), Party.Organisation(De.Id), DisclosureLevel.Full,
            Tlp.AmberStrict, Types: null, [], 0, null, Revoked: false),
    ];
}
