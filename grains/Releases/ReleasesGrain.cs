using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Releases;

/// <summary>The hub's side of a jurisdiction's releases. Holds nothing: the store's watermark is the truth.</summary>
[GrainDirectory(CarriedDirectoryName.Value), CarriedPlacement]
public sealed class ReleasesGrain(IGridStore stores, TokenVerifier verifier, TimeProvider time) : Grain, IReleases
{
    private IHomeStore Hub => stores[Home.Hub];

    /// <inheritdoc/>
    public async ValueTask<AppliedRelease> Applied(CallerToken home) =>
        Answer(await Hub.ReadWatermark(SourceOf(home), CancellationToken.None));

    /// <inheritdoc/>
    public async ValueTask<AppliedRelease> Apply(CallerToken home, Release release)
    {
        var prepared = ReleasePreparation.Prepare(SourceOf(home), release, time.GetUtcNow().ToUnixTimeMilliseconds());
        try
        {
            return Answer(await Hub.Apply(prepared, CancellationToken.None));
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The hub's store cannot write now.", e);
        }
    }

    private Home SourceOf(CallerToken token) =>
        verifier.Verify(token).Caller?.Home is { IsHub: false } home && this.GetPrimaryKeyString() == ActorKeys.ReleasesOf(home)
            ? home
            : throw new CallerRefusedException("Only a jurisdiction's own key may speak for its releases.");

    private static AppliedRelease Answer(in Watermark watermark) =>
        new(watermark.Ledger.Id, watermark.Ledger.Epoch, watermark.Position);
}
