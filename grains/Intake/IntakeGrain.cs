using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Intake;

/// <summary>
/// One lane of a jurisdiction's intake. Reentrant: it holds no state, so interleaved batches cannot meet; order within a
/// stream is the gateway's, which acknowledges in order.
/// </summary>
[Reentrant, StatelessWorker, GrainDirectory(CarriedDirectoryName.Value), CarriedFilter]
public sealed class IntakeGrain(IGridStore stores, CallerDirectory callers) : Grain, IIntake
{
    /// <inheritdoc/>
    public async ValueTask<BatchOutcome> Accept(CallerToken caller, SightingBatch batch)
    {
        var owner = callers.OwnerOf(caller);
        var home = this.HomeOfKey();
        if (owner.Home != home) throw new CallerRefusedException("A producer's batches go to its own jurisdiction.");
        var header = new RecordHeader(
            RecordOperation.Sightings, owner.OrganisationId, home.Code, owner.PolicyVersion, callers.Now);
        try
        {
            var receipt = await stores[home].Commit(BatchPreparation.Prepare(batch, header), CancellationToken.None);
            return Outcomes.Of(receipt.Fates);
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store cannot write now; nothing of the batch was taken.", e);
        }
    }
}
