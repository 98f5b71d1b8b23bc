using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Intake;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>An incident as protobuf has it.</summary>
internal static class IncidentMapping
{
    public static V1.Incident ToMessage(string id, Incident incident) => new()
    {
        Id = id,
        Core =
        {
            incident.Core.Select(node => new V1.CoreObservable
            {
                Observable = Mapping.ToMessage(node.Observable),
                MemberStates = { node.MemberStates },
                CoreSince = Times.ToTimestamp(node.Since),
                LastSeen = Times.ToTimestamp(node.LastSeen),
            }),
        },
        Links =
        {
            incident.Links.Select(link => new V1.IncidentLink
            {
                One = Place(incident, link.One), Other = Place(incident, link.Two),
            }),
        },
        Fringe = { incident.Fringe.Select(node => Mapping.ToMessage(node)) },
        Truncated = incident.IsTruncated,
    };

    private static uint Place(Incident incident, Contracts.Observables.Observable node) =>
        (uint)incident.Core.Select(core => core.Observable).ToList().BinarySearch(node);
}
