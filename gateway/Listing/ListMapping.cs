using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Gateway.Intake;

namespace CrossBorderSoc.Gateway.Listing;

/// <summary>Entries of lists as protobuf has them.</summary>
internal static class ListMapping
{
    public static V1.IndicatorSummary ToMessage(IndicatorEntry entry) => new()
    {
        Observable = Mapping.ToMessage(entry.Observable),
        ByKind = { Mapping.ByKind(entry.View.TalliesByKind) },
        Jurisdictions = { entry.View.TalliesByJurisdiction.Select(tally => tally.Jurisdiction).Distinct() },
        Score = (uint)entry.Score.Value,
        Warninglists = { entry.Warninglists },
        Burst = Mapping.Burst(entry.View.Histogram, entry.At),
    };

    public static V1.IncidentSummary ToMessage(string id, Incident incident) => new()
    {
        Id = id,
        Newest = Mapping.ToMessage(incident.Core.MinBy(node => LastSeenPlace.Of(node.LastSeen, node.Observable))!.Observable),
        CoreCount = (uint)incident.Core.Length,
        FringeCount = (uint)incident.Fringe.Length,
        MemberStates = { incident.MemberStates.Distinct().Order(StringComparer.Ordinal) },
        Since = Times.ToTimestamp(incident.Core.Min(node => node.Since)),
        LastSeen = Times.ToTimestamp(incident.Core.Max(node => node.LastSeen)),
        Truncated = incident.IsTruncated,
        ContributionCount = (uint)incident.Contributions.Length,
    };
}
