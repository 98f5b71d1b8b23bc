using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Scoring;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Intake;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>An indicator's view as protobuf has it.</summary>
internal static class IndicatorMapping
{
    /// <summary>A view, and the score that it has at an instant (Unix milliseconds UTC).</summary>
    public static V1.Indicator ToMessage(
        in Observable observable, IndicatorView view, ImmutableArray<string> warninglists, ImmutableArray<Observable> containers, long at)
    {
        var score = IndicatorScore.Of(view, observable.Type, at, isOnWarninglist: !warninglists.IsEmpty);
        var message = ToMessage(observable, view);
        (message.Score, message.ScoreBasis) = ((uint)score.Value, ToMessage(score, observable.Type));
        message.Burst = Mapping.Burst(view.Histogram, at);
        message.Warninglists.Add(warninglists);
        message.ContainedIn.Add(containers.Select(container => Mapping.ToMessage(container)));
        return message;
    }

    private static V1.Indicator ToMessage(in Observable observable, IndicatorView view) => new()
    {
        Observable = Mapping.ToMessage(observable),
        ByKind = { Mapping.ByKind(view.TalliesByKind) },
        ByJurisdiction = { view.TalliesByJurisdiction.Select(t => Mapping.ToMessage(t.Jurisdiction, t.Kind, t.Tally)) },
        BySource =
        {
            view.TalliesBySource.Select(t =>
                Mapping.ToMessage(t.Source, t.Kind, t.Tally, t.IsOrganisation, t.Jurisdiction)),
        },
        Histogram = { Mapping.Histogram(view.Histogram) },
        Markings = { Mapping.Markings(view.Markings) },
        Techniques = { Mapping.Techniques(view.Techniques) },
        Neighbours = { Mapping.Neighbours(view.Neighbours) },
        SameFile = { Mapping.Neighbours(view.SameFile) },
        Assets =
        {
            view.Assets.Select(a => new V1.AssetSeen
            {
                Owner = a.Owner, AssetId = a.Asset, LastSeen = Times.ToTimestamp(a.LastSeen),
            }),
        },
        Sectors = { view.Sectors.Select(s => new V1.SectorSeen { Sector = s.Text, LastSeen = Times.ToTimestamp(s.LastSeen) }) },
    };

    private static V1.ScoreBasis ToMessage(in IndicatorScore score, ObservableType type) => new()
    {
        Support = (uint)score.Support,
        Doubt = (uint)score.Doubt,
        VoicesFor = (uint)score.VoicesFor,
        VoicesAgainst = (uint)score.VoicesAgainst,
        HalfLifeHours = (uint)ScoreConstants.HalfLifeHours(type),
    };
}
