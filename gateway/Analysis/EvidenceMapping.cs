using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Intake;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>A disclosed sighting as protobuf has it. What its form does not hold stays absent.</summary>
internal static class EvidenceMapping
{
    public static V1.Evidence ToMessage(DisclosedSighting sighting) => new()
    {
        Level = (V1.DisclosureLevel)sighting.Level,
        Jurisdiction = sighting.Jurisdiction,
        Owner = sighting.Owner ?? "",
        SightingId = sighting.Id?.ToString("D") ?? "",
        Observables = { sighting.Observables.Select(observable => Mapping.ToMessage(observable)) },
        Asset = sighting.Asset is { } asset ? Mapping.ToMessage(asset) : null,
        FirstSeen = Times.ToTimestamp(sighting.FirstSeen),
        LastSeen = Times.ToTimestamp(sighting.LastSeen),
        Count = sighting.Count,
        Kind = (V1.Kind)sighting.Kind,
        Confidence = sighting.Confidence,
        Marking = Mapping.ToMessage(sighting.Marking),
        Techniques = { sighting.Techniques },
        Description = sighting.Description ?? "",
        SourceRef = sighting.SourceRef ?? "",
    };
}
