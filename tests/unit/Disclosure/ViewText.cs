using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Scoring;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using M = CrossBorderSoc.Tests.Model;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// The product's answers in the model's text, in the product's order. Whatever an answer holds shows, also what a
/// Redacted form
/// should not hold.
/// </summary>
internal static class ViewText
{
    public static string Of(M.Sightings.Observable observable, IndicatorView view, DateTimeOffset at) => view.IsEmpty
        ? MV.Text.NotFound
        : new MV.IndicatorView(
            observable,
            [.. view.TalliesByJurisdiction.Select(each => Tally(each.Jurisdiction, each.Kind, each.Tally))],
            [.. view.TalliesBySource.Select(each =>
                Tally(MV.Tally.SourceName(each.Source, each.IsOrganisation, each.Jurisdiction), each.Kind, each.Tally))],
            [.. view.TalliesByKind.Select(each => Tally("", each.Kind, each.Tally))],
            [.. view.Histogram.Select(Bar)],
            [.. view.Markings.Select(Marking)],
            [.. view.Techniques.Select(each => (each.Text, ModelMapping.Instant(each.LastSeen)))],
            [.. view.Neighbours.Select(List)],
            [.. view.Assets.Select(each => ((each.Owner, each.Asset), ModelMapping.Instant(each.LastSeen)))],
            [.. view.Sectors.Select(each => (each.Text, ModelMapping.Instant(each.LastSeen)))],
            [.. view.SameFile.Select(List)],
            Score(IndicatorScore.Of(
                view, ModelMapping.Type(observable.Type), at.ToUnixTimeMilliseconds(), isOnWarninglist: false)),
            Burst(view.Histogram, at)).ToText();

    public static string Of(string owner, AssetView view) => view.IsEmpty
        ? MV.Text.NotFound
        : new MV.AssetView(
            owner,
            view.Details!.ToModel(),
            [.. view.TalliesByKind.Select(each => Tally("", each.Kind, each.Tally))],
            [.. view.Histogram.Select(Bar)],
            [.. view.Markings.Select(Marking)],
            [.. view.Techniques.Select(each => (each.Text, ModelMapping.Instant(each.LastSeen)))],
            [.. view.Observables.Select(List)]).ToText();

    public static string Of(TrendName name, TrendView view, DateTimeOffset at) => view.IsEmpty
        ? MV.Text.NotFound
        : new MV.TrendView(
            $"{(name.Kind == TrendKind.Technique ? "technique" : "sector")} {name.Text}",
            [.. view.TalliesByJurisdiction.Select(each => Tally(each.Jurisdiction, each.Kind, each.Tally))],
            [.. view.Histogram.Select(Bar)],
            Burst(view.Histogram, at)).ToText();

    /// <summary>Evidence in the order in which it came.</summary>
    public static string Of(IEnumerable<DisclosedSighting> evidence) => MV.Evidence.ToText([.. evidence.Select(ToForm)]);

    private static MV.Tally Tally(string name, SightingKind kind, Tally tally) => new(
        name, kind.ToModel(), (ulong)tally.Count, ModelMapping.Instant(tally.FirstSeen),
        ModelMapping.Instant(tally.LastSeen), tally.Confidence);

    private static M.Scoring.Score Score(in IndicatorScore score) =>
        new(score.Value, score.Support, score.Doubt, score.VoicesFor, score.VoicesAgainst);

    private static M.Bursts.Burst? Burst(ImmutableArray<HourCount> histogram, DateTimeOffset at) =>
        Contracts.Bursts.Burst.Of(histogram, at.ToUnixTimeMilliseconds()) is not { } burst ? null : new(
            ModelMapping.Instant(burst.Since), burst.Hours, (ulong)burst.Observed, burst.Expected, burst.OneIn);

    private static (DateTimeOffset Hour, M.Sightings.Kind Kind, ulong Count) Bar(HourCount each) =>
        (ModelMapping.Instant(each.Hour), each.Kind.ToModel(), (ulong)each.Count);

    private static MV.ObservableList List(NeighbourList list) => new(
        list.Type.ToModel(), list.DistinctCount,
        [.. list.Newest.Select(each =>
            (new M.Sightings.Observable(list.Type.ToModel(), each.Text), ModelMapping.Instant(each.LastSeen)))]);

    private static string Marking(DisclosedMarking one) => MV.MarkingShown.Shown(
        (M.Sightings.Tlp)((int)one.Tlp - 1), (M.Sightings.Pap)((int)one.Pap - 1), Whole(one));

    // Only what is Redacted and holds no more than it may is shown without the rest.
    private static M.Sightings.Marking? Whole(DisclosedMarking one) =>
        one is { Level: DisclosureLevel.Redacted, Attribution: Attribution.Unspecified, Recipients: [] }
        && one is { EmbargoUntil: null, ExpiresAt: null }
            ? null
            : new(
                (M.Sightings.Tlp)((int)one.Tlp - 1), (M.Sightings.Pap)((int)one.Pap - 1),
                (M.Sightings.Attribution)((int)one.Attribution - 1),
                [.. one.Recipients.Select(each => each.ToString())],
                one.EmbargoUntil is { } embargo ? ModelMapping.Instant(embargo) : null,
                one.ExpiresAt is { } expires ? ModelMapping.Instant(expires) : null);

    /// <summary>A form of the product as the model has it.</summary>
    public static M.Disclosure.Form ToForm(DisclosedSighting one)
    {
        var form = new M.Disclosure.Form(
            (M.Sightings.Level)(int)one.Level, [.. one.Observables.Select(each => each.ToModel())], one.Kind.ToModel(),
            one.Count, ModelMapping.Instant(one.FirstSeen), ModelMapping.Instant(one.LastSeen), one.Confidence,
            (M.Sightings.Tlp)((int)one.Marking.Tlp - 1), (M.Sightings.Pap)((int)one.Marking.Pap - 1), one.Techniques,
            one.Jurisdiction, one.Owner, one.Description, null, one.Contribution?.ToModel());
        if (one is { Level: DisclosureLevel.Redacted, Id: null, Asset: null, SourceRef: null }
            && Whole(one.Marking) is null)
            return form;
        return form with
        {
            Whole = new()
            {
                Id = one.Id?.ToString() ?? "none",
                Owner = one.Owner ?? "none",
                Observables = form.Observables,
                FirstSeen = form.First,
                LastSeen = form.Last,
                Count = one.Count,
                Marking = Whole(one.Marking) ?? new(form.Tlp, form.Pap, M.Sightings.Attribution.Named, []),
                Asset = one.Asset?.ToModel(),
                SourceRef = one.SourceRef ?? (one.Contribution is null ? "none" : ""),
                AcceptedAt = form.First,
                PolicyVersion = 1,
            },
        };
    }
}
