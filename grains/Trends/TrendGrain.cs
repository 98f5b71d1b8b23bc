using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Trends;

/// <summary>All that a home knows with one technique, or of one sector.</summary>
[GrainDirectory(CarriedDirectoryName.Value), CarriedPlacement]
public sealed class TrendGrain(Subjects subjects, CallerDirectory callers) : Grain, ITrend
{
    private SubjectFold<TrendTally>? _fold;
    private EarlyLeave? _leave;

    /// <inheritdoc/>
    public async ValueTask<DisclosedTrend> Disclose(Question question, TrendName name)
    {
        var subject = subjects.Guard(this, Digest.Of(name));
        var (home, asker) = (this.HomeOfKey(), callers.AskerOf(question));
        _fold ??= subjects.Fold<TrendTally>(home, TrendFragments.FamilyOf(name.Kind), subject);
        var knowledge = await _fold.Refresh(CancellationToken.None);
        EarlyLeave.Answered(ref _leave, this, _fold.HasNothing);
        return knowledge.DiscloseTrend(asker.Clearance, asker.At, Reading.OfTrend(name.Kind, home, asker.Home));
    }
}
