using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Intake;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>The parts of views as protobuf has them, in the views' own order.</summary>
internal static class Mapping
{
    public static V1.Observable ToMessage(in Observable observable) =>
        new() { Type = ObservableTypes.NameOf(observable.Type), Value = observable.Text };

    public static V1.Tally ToMessage(
        string key, SightingKind kind, in Tally tally, bool isOrganisation = false, string jurisdiction = "") => new()
        {
            Key = key,
            Kind = (V1.Kind)kind,
            Count = (ulong)tally.Count,
            FirstSeen = Times.ToTimestamp(tally.FirstSeen),
            LastSeen = Times.ToTimestamp(tally.LastSeen),
            Organisation = isOrganisation,
            Confidence = tally.Confidence,
            Jurisdiction = jurisdiction,
        };

    public static IEnumerable<V1.Tally> ByKind(ImmutableArray<KindTally> tallies) =>
        tallies.Select(t => ToMessage("", t.Kind, t.Tally));

    public static IEnumerable<V1.HistogramBucket> Histogram(ImmutableArray<HourCount> hours) => hours.Select(
        h => new V1.HistogramBucket
        {
            Hour = Times.ToTimestamp(h.Hour),
            Kind = (V1.Kind)h.Kind,
            Count = (ulong)h.Count,
        });

    /// <summary>The burst of a histogram at an instant (Unix milliseconds UTC), or null.</summary>
    public static V1.Burst? Burst(ImmutableArray<HourCount> histogram, long at) =>
        Contracts.Bursts.Burst.Of(histogram, at) is not { } burst ? null : new()
        {
            Since = Times.ToTimestamp(burst.Since),
            Hours = (uint)burst.Hours,
            Observed = (ulong)burst.Observed,
            ExpectedThousandths = (ulong)burst.Expected,
            OneInHours = (ulong)burst.OneIn,
        };

    public static IEnumerable<V1.DisclosedMarking> Markings(ImmutableArray<DisclosedMarking> markings) =>
        markings.Select(
        m => new V1.DisclosedMarking { Level = (V1.DisclosureLevel)m.Level, Marking = ToMessage(m) });

    public static V1.Marking ToMessage(DisclosedMarking marking) => new()
    {
        Tlp = (V1.Tlp)marking.Tlp,
        Pap = (V1.Pap)marking.Pap,
        Attribution = (V1.Attribution)marking.Attribution,
        Recipients = { marking.Recipients.Select(recipient => recipient.ToString()) },
        EmbargoUntil = Times.ToTimestamp(marking.EmbargoUntil),
        ExpiresAt = Times.ToTimestamp(marking.ExpiresAt),
    };

    public static IEnumerable<V1.TechniqueSeen> Techniques(ImmutableArray<Seen> techniques) => techniques.Select(
        t => new V1.TechniqueSeen { Technique = t.Text, LastSeen = Times.ToTimestamp(t.LastSeen) });

    /// <summary>Lists of values by type, sorted by the type's name as the contract says.</summary>
    public static IEnumerable<V1.NeighbourList> Neighbours(ImmutableArray<NeighbourList> lists) => lists
        .Select(list => new V1.NeighbourList
        {
            Type = ObservableTypes.NameOf(list.Type),
            Distinct = (uint)list.DistinctCount,
            Neighbours =
            {
                list.Newest.Select(n => new V1.Neighbour { Value = n.Text, LastSeen = Times.ToTimestamp(n.LastSeen) }),
            },
        })
        .OrderBy(list => list.Type, StringComparer.Ordinal);

    public static V1.Asset ToMessage(AssetStatement asset) => new()
    {
        Id = asset.Id,
        Sector = asset.Sector,
        Service = asset.Service,
        Criticality = asset.Criticality,
        Software = { asset.Software },
        Supplier = asset.Supplier,
    };
}
