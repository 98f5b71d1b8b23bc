using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Intake;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>An indicator's view as protobuf has it.</summary>
internal static class IndicatorMapping
{
    public static V1.Indicator ToMessage(in Observable observable, IndicatorView view) => new()
    {
        Observable = Mapping.ToMessage(observable),
        ByKind = { Mapping.ByKind(view.TalliesByKind) },
        ByJurisdiction = { view.TalliesByJurisdiction.Select(t => Mapping.ToMessage(t.Jurisdiction, t.Kind, t.Tally)) },
        BySource = { view.TalliesBySource.Select(t => Mapping.ToMessage(t.Source, t.Kind, t.Tally, t.IsOrganisation)) },
        Histogram = { Mapping.Histogram(view.Histogram) },
        Markings = { Mapping.Markings(view.Markings) },
        Techniques = { Mapping.Techniques(view.Techniques) },
        Neighbours = { Mapping.Neighbours(view.Neighbours) },
        Assets =
        {
            view.Assets.Select(a => new V1.AssetSeen
            {
                Owner = a.Owner, AssetId = a.Asset, LastSeen = Times.ToTimestamp(a.LastSeen),
            }),
        },
    };
}
