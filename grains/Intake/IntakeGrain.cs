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
public sealed class IntakeGrain(IGridStore stores, CallerDirectory callers, TimeProvider time) : Grain, IIntake
{
    // Below the caller's own time-out (30 s): who has been given up must not be written later, while its re-send waits behind it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public async ValueTask<BatchOutcome> Accept(CallerToken caller, SightingBatch batch)
    {
        var owner = callers.OwnerOf(caller);
        var home = this.HomeOfKey();
        if (owner.Home != home) throw new CallerRefusedException("A producer's batches go to its own jurisdiction.");
        var header = new RecordHeader(
            RecordOperation.Sightings, owner.OrganisationId, home.Code, owner.PolicyVersion, callers.Now);
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            var receipt = await stores[home].Commit(BatchPreparation.Prepare(batch, header), patience.Token);
            return Outcomes.Of(receipt.Fates);
        }
        catch (StoreUnavailableException e) when (e.CannotWrite)
        {
            throw new StoreCannotWriteException();
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store does not take the batch now.", e);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            throw new GridUnavailableException("The store is busy and did not take the batch in time.", e);
        }
    }
}
