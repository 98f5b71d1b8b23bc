using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Indicators;

/// <summary>What all jurisdictions released about one value, at the hub.</summary>
[GrainDirectory(CarriedDirectoryName.Value), CarriedPlacement]
public sealed class IndicatorGrain(Subjects subjects, CallerDirectory callers) : Grain, IIndicator
{
    private SubjectFold<IndicatorTally>? _fold;
    private EarlyLeave? _leave;

    /// <inheritdoc/>
    public async ValueTask<DisclosedIndicator> Disclose(Question question, Observable observable)
    {
        var asker = callers.AskerOf(question);
        var knowledge = await Refresh(observable);
        return knowledge.DiscloseIndicator(asker.Clearance, observable.Type, asker.At, Reading.AtHub(asker.Home.Code));
    }

    /// <inheritdoc/>
    public async ValueTask<DisclosedIndicator> Summarise(Question question, Observable observable)
    {
        var asker = callers.AskerOf(question);
        var knowledge = await Refresh(observable);
        return knowledge.DiscloseSummary(asker.Clearance, observable.Type, asker.At, Reading.AtHub(asker.Home.Code));
    }

    /// <inheritdoc/>
    public async ValueTask<DisclosedPresence> Present(Question question, Observable observable)
    {
        var asker = callers.AskerOf(question);
        var knowledge = await Refresh(observable);
        return knowledge.DisclosePresence(asker.Clearance, observable.Type, asker.At, Reading.AtHub(asker.Home.Code));
    }

    /// <inheritdoc/>
    public async ValueTask<DisclosedCorrelation> Correlate(Question question, Observable observable)
    {
        var asker = callers.AskerOf(question);
        var knowledge = await Refresh(observable);
        return knowledge.DiscloseCorrelation(asker.Clearance, observable.Type, asker.At, Reading.AtHub(asker.Home.Code));
    }

    private async ValueTask<Compartmented<IndicatorTally>> Refresh(Observable observable)
    {
        var subject = subjects.Guard(this, Digest.Of(observable));
        _fold ??= subjects.Fold<IndicatorTally>(Home.Hub, SubjectFamily.Indicator, subject);
        var knowledge = await _fold.Refresh(CancellationToken.None);
        EarlyLeave.Answered(ref _leave, this, _fold.HasNothing);
        return knowledge;
    }
}
