using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Indicators;

/// <summary>A jurisdiction's sightings of one value.</summary>
[GrainDirectory(CarriedDirectoryName.Value), CarriedPlacement]
public sealed class NationalIndicatorGrain(Subjects subjects, CallerDirectory callers) : Grain, INationalIndicator
{
    private SubjectFold<IndicatorTally>? _fold;
    private SubjectFold<IndicatorTally>? _joined;
    private EarlyLeave? _leave;

    /// <inheritdoc/>
    public async ValueTask<DisclosedIndicator> Disclose(Question question, Observable observable)
    {
        var asker = callers.AskerOf(question);
        var knowledge = await Refresh(observable);
        var part = knowledge.DiscloseIndicator(asker.Clearance, observable.Type, asker.At, ReadingFor(asker));
        if (await RefreshJoined(observable) is not { } joined) return part;
        return part with { View = IndicatorView.Merge(part.View, joined.DiscloseJoined(asker.Clearance, asker.At)) };
    }

    /// <inheritdoc/>
    public async ValueTask<DisclosedIndicator> Summarise(Question question, Observable observable)
    {
        var asker = callers.AskerOf(question);
        var knowledge = await Refresh(observable);
        var part = knowledge.DiscloseSummary(asker.Clearance, observable.Type, asker.At, ReadingFor(asker));
        if (await RefreshJoined(observable) is not { } joined) return part;
        return part with { View = IndicatorView.Merge(part.View, joined.DiscloseJoined(asker.Clearance, asker.At, isSummary: true)) };
    }

    /// <inheritdoc/>
    public async ValueTask<DisclosedPresence> Present(Question question, Observable observable)
    {
        var asker = callers.AskerOf(question);
        var knowledge = await Refresh(observable);
        return knowledge.DisclosePresence(asker.Clearance, observable.Type, asker.At, ReadingFor(asker));
    }

    /// <inheritdoc/>
    public async ValueTask<DisclosedCorrelation> Correlate(Question question, Observable observable)
    {
        var asker = callers.AskerOf(question);
        var knowledge = await Refresh(observable);
        var part = knowledge.DiscloseCorrelation(asker.Clearance, observable.Type, asker.At, ReadingFor(asker));
        if (await RefreshJoined(observable) is not { } joined) return part;
        var joins = joined.DiscloseJoinedCorrelation(asker.Clearance, asker.At);
        return part with
        {
            Part = Correlation.Merge(part.Part, joins),
            SeenInFull = [.. part.SeenInFull, .. joins.Activity.Select(activity => activity with { Hours = [] })],
        };
    }

    private async ValueTask<Compartmented<IndicatorTally>> Refresh(Observable observable)
    {
        var subject = subjects.Guard(this, Digest.Of(observable));
        _fold ??= subjects.Fold<IndicatorTally>(this.HomeOfKey(), SubjectFamily.Indicator, subject);
        var knowledge = await _fold.Refresh(CancellationToken.None);
        EarlyLeave.Answered(ref _leave, this, _fold.HasNothing);
        return knowledge;
    }

    // What assets join is known at home only: it has no release.
    private async ValueTask<Compartmented<IndicatorTally>?> RefreshJoined(Observable observable)
    {
        if (!AssetJoins.Types.Contains(observable.Type)) return null;
        _joined ??= subjects.Fold<IndicatorTally>(this.HomeOfKey(), SubjectFamily.Joined, Digest.Of(observable));
        var knowledge = await _joined.Refresh(CancellationToken.None);
        EarlyLeave.Answered(ref _leave, this, _fold is not { HasNothing: false } && _joined.HasNothing);
        return knowledge;
    }

    private Reading ReadingFor(in Asker asker) =>
        asker.Home == this.HomeOfKey() ? Reading.DomesticAtHome : Reading.ForeignAtHome;
}
