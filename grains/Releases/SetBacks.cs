using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Grains.Releases;

/// <summary>
/// Brings the hub to what a home's ledger still holds before anything is released: one that ends before what the hub has applied has lost
/// records, also if nobody ran who could notice; and of a ledger whose epoch is new the hub drops what is gone.
/// </summary>
/// <param name="tokens">The homes' own tokens.</param>
/// <param name="lag">Told of what was dropped.</param>
/// <param name="log">Told, too.</param>
public sealed class SetBacks(IHomeTokens tokens, ReleaseLag lag, ILogger<SetBacks> log)
{
    /// <summary>The position from which to release, when the hub and the ledger agree.</summary>
    public async ValueTask<long> Agree(IHomeStore store, IReleases hub, CancellationToken cancellation)
    {
        var applied = await hub.Applied(tokens.TokenOf(store.Home));
        if (applied.LedgerId == store.Identity.Id && applied.Epoch == store.Identity.Epoch && applied.Position > store.Head)
            await store.OpenEpoch(applied.Position, cancellation);
        return ReleaseDrop.IsDue(new(new(applied.LedgerId, applied.Epoch), applied.Position), store.Identity)
            ? await Drop(store, hub, applied, cancellation) : applied.Position;
    }

    private async ValueTask<long> Drop(IHomeStore store, IReleases hub, AppliedRelease applied, CancellationToken cancellation)
    {
        var (home, ledger) = (store.Home, store.Identity);
        var survivor = Math.Min(applied.Position, await store.ReadSurvivor(Math.Abs(applied.Epoch), cancellation));
        // What survived of a release that goes whole is needed once more: until it is applied nothing is retired.
        lag.Report(home, 0);
        log.LogWarning(
            "The ledger of {Home} is in epoch {Epoch} and went back: of what the hub has applied up to {Applied}, what lies beyond {Survivor} is "
            + "being dropped.", home, ledger.Epoch, applied.Position, survivor);
        var dropped = new DroppedRelease(applied, 0);
        for (long statements = 0; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            dropped = await hub.Drop(tokens.TokenOf(home), ledger.Id, ledger.Epoch, survivor);
            statements += dropped.Statements;
            if (dropped.Now.Epoch < ledger.Epoch) continue;
            if (dropped.Now.Epoch > ledger.Epoch) throw new GridUnavailableException("The hub knows of a newer epoch than this node.");
            lag.ReportDropped(new(home.Code, ledger.Epoch, applied.Position - survivor, statements));
            log.LogWarning(
                "The hub has dropped what the ledger of {Home} lost: {Records} records, {Statements} statements of them. Releases go on after "
                + "{Position}; what producers send again enters anew.", home, applied.Position - survivor, statements, dropped.Now.Position);
            return dropped.Now.Position;
        }
    }
}

/// <summary>What the hub has dropped of a ledger that went back, for the operator.</summary>
/// <param name="Jurisdiction">The ledger's home.</param>
/// <param name="Epoch">The epoch that began.</param>
/// <param name="Records">How many of the ledger's records that were applied are gone; after a stop meanwhile those that were left to do.</param>
/// <param name="Statements">How many statements the hub dropped, with those that come once more.</param>
public sealed record DroppedLedger(string Jurisdiction, int Epoch, long Records, long Statements);
