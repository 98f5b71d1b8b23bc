using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
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
        Contributions = { incident.Contributions.Select(ToMessage) },
    };

    private static V1.IncidentContribution ToMessage(DisclosedSighting shown) => new()
    {
        Level = (V1.DisclosureLevel)shown.Level,
        Jurisdiction = shown.Jurisdiction,
        Owner = shown.Owner ?? "",
        Contribution = ToMessage(shown, shown.Contribution!),
    };

    private static V1.Contribution ToMessage(DisclosedSighting shown, Contribution said) => new()
    {
        Id = shown.Id?.ToString("D") ?? "",
        Observables = { shown.Observables.Select(observable => Mapping.ToMessage(observable)) },
        At = Times.ToTimestamp(shown.LastSeen),
        Kind = (V1.ContributionKind)said.Kind,
        Status = said.Kind == ContributionKind.Status ? (V1.IncidentStatus)said.Value : default,
        Significance = said.Kind == ContributionKind.Significance ? (V1.Significance)said.Value : default,
        State = said.State,
        Sector = said.Sector,
        Service = said.Service,
        Text = shown.Description ?? "",
        Marking = Mapping.ToMessage(shown.Marking),
    };

    private static uint Place(Incident incident, Contracts.Observables.Observable node) =>
        (uint)incident.Core.Select(core => core.Observable).ToList().BinarySearch(node);
}
