using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Evidence;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Indicators;

/// <summary>A jurisdiction's sightings of one value.</summary>
[GrainDirectory(CarriedDirectoryName.Value), CarriedPlacement]
public sealed class NationalIndicatorGrain(Subjects subjects, CallerDirectory callers, EvidenceReader evidence)
    : Grain, INationalIndicator
{
    private SubjectFold<IndicatorTally>? _fold;

    /// <inheritdoc/>
    public async ValueTask<DisclosedIndicator> Disclose(CallerToken caller, Observable observable)
    {
        var asker = callers.AskerOf(caller);
        var knowledge = await Refresh(observable);
        return knowledge.DiscloseIndicator(asker.Clearance, observable.Type, asker.At, ReadingFor(asker));
    }

    /// <inheritdoc/>
    public async ValueTask<DisclosedCorrelation> Correlate(CallerToken caller, Observable observable)
    {
        var asker = callers.AskerOf(caller);
        var knowledge = await Refresh(observable);
        return knowledge.DiscloseCorrelation(asker.Clearance, observable.Type, asker.At, ReadingFor(asker));
    }

    private ValueTask<Compartmented<IndicatorTally>> Refresh(in Observable observable)
    {
        var subject = subjects.Guard(this, Digest.Of(observable));
        _fold ??= subjects.Fold<IndicatorTally>(this.HomeOfKey(), SubjectFamily.Indicator, subject);
        return _fold.Refresh(CancellationToken.None);
    }

    private Reading ReadingFor(in Asker asker) =>
        asker.Home == this.HomeOfKey() ? Reading.DomesticAtHome : Reading.ForeignAtHome;

    /// <inheritdoc/>
    public ValueTask<EvidencePage> Evidence(CallerToken caller, Observable observable, long before)
    {
        var subject = subjects.Guard(this, Digest.Of(observable));
        return evidence.Page(this.HomeOfKey(), observable.Type, subject, callers.AskerOf(caller), before);
    }
}
