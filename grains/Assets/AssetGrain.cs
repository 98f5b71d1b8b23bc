using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Assets;

/// <summary>The sightings on one asset, at home only: assets are of full disclosure.</summary>
[GrainDirectory(CarriedDirectoryName.Value), CarriedPlacement]
public sealed class AssetGrain(Subjects subjects, CallerDirectory callers) : Grain, IAsset
{
    private SubjectFold<AssetTally>? _fold;
    private EarlyLeave? _leave;

    /// <inheritdoc/>
    public async ValueTask<DisclosedAsset> Disclose(Question question, AssetName asset)
    {
        var subject = subjects.Guard(this, Digest.OfAsset(asset.Owner, asset.Id));
        var asker = callers.AskerOf(question);
        _fold ??= subjects.Fold<AssetTally>(this.HomeOfKey(), SubjectFamily.Asset, subject);
        var knowledge = await _fold.Refresh(CancellationToken.None);
        EarlyLeave.Answered(ref _leave, this, _fold.HasNothing);
        return new(knowledge.DiscloseAsset(asker.Clearance, asker.At), asker.PolicyVersion);
    }
}
