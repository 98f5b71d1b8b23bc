using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Microsoft.Extensions.Logging;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Releases;

/// <summary>The hub's side of a jurisdiction's releases. Holds nothing: the store's watermark is the truth.</summary>
[GrainDirectory(CarriedDirectoryName.Value), CarriedPlacement]
public sealed class ReleasesGrain(
    IGridStore stores, TokenVerifier verifier, CompartmentCache compartments, TimeProvider time, ILogger<ReleasesGrain> log)
    : Grain, IReleases
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

    /// <inheritdoc/>
    public async ValueTask<DroppedRelease> Drop(CallerToken home, Guid ledgerId, int epoch, long survivor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(survivor);
        var source = SourceOf(home);
        try
        {
            var (now, statements) = await new ReleaseDrop(Hub, compartments).Step(source, new(ledgerId, epoch), survivor, CancellationToken.None);
            if (statements > 0)
                log.LogWarning(
                    "The ledger of {Home} went back to {Survivor}: {Statements} statements of what it had released beyond are dropped.",
                    source, survivor, statements);
            return new(Answer(now), statements);
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
