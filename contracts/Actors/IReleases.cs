using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>Where the hub takes in the releases of one jurisdiction. Key: <see cref="ActorKeys.ReleasesOf"/>.</summary>
[Alias("IReleases")]
public interface IReleases : IGrainWithStringKey
{
    /// <summary>How far the jurisdiction's ledger has been applied. Asked with the jurisdiction's own token.</summary>
    [Alias("Applied")]
    ValueTask<AppliedRelease> Applied(CallerToken home);

    /// <summary>
    /// Applies a release in one atomic write, if it starts where the last one ended. The answer is the same whatever the hub
    /// knows of the values: it does not tell who else has them.
    /// </summary>
    [Alias("Apply")]
    ValueTask<AppliedRelease> Apply(CallerToken home, Release release);

    /// <summary>
    /// Takes back, of a ledger that went back, the newest release that goes beyond what survived; asked again and again until the answer is of the
    /// new epoch. Each step is one atomic write: whoever begins anew goes on where it was.
    /// </summary>
    /// <param name="home">The jurisdiction's own token.</param>
    /// <param name="ledgerId">The ledger.</param>
    /// <param name="epoch">Its new epoch, above the one that the hub knows; otherwise nothing changes.</param>
    /// <param name="survivor">The position up to which (inclusive) what was released is still there, from 0.</param>
    [Alias("Drop")]
    ValueTask<DroppedRelease> Drop(CallerToken home, Guid ledgerId, int epoch, long survivor);
}

/// <summary>A step of taking back what a jurisdiction's ledger lost.</summary>
/// <param name="Now">The watermark then.</param>
/// <param name="Statements">How many statements went with it.</param>
[GenerateSerializer, Immutable, Alias("DroppedRelease")]
public readonly record struct DroppedRelease([property: Id(0)] AppliedRelease Now, [property: Id(1)] int Statements);

/// <summary>The watermark of a jurisdiction's ledger at the hub.</summary>
/// <param name="LedgerId">The ledger; empty when nothing was applied yet.</param>
/// <param name="Epoch">Its epoch; the negative of it while what went beyond a loss is being dropped.</param>
/// <param name="Position">The position up to which (inclusive) it is applied.</param>
[GenerateSerializer, Immutable, Alias("AppliedRelease")]
public readonly record struct AppliedRelease(
    [property: Id(0)] Guid LedgerId, [property: Id(1)] int Epoch, [property: Id(2)] long Position);

/// <summary>What of the records (From, To] of a ledger leaves its jurisdiction, as one versioned byte record.</summary>
/// <param name="LedgerId">The ledger.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="From">The position after which it starts: the hub's watermark.</param>
/// <param name="To">The position up to which (inclusive) it goes.</param>
/// <param name="Compartments">The table of compartments of the statements.</param>
/// <param name="Statements">The released statements, encoded as sightings without identifier, confidence and details whose
/// marking index stands for a compartment; null when nothing leaves.</param>
[GenerateSerializer, Immutable, Alias("Release")]
public sealed record Release(
    [property: Id(0)] Guid LedgerId, [property: Id(1)] int Epoch, [property: Id(2)] long From, [property: Id(3)] long To,
    [property: Id(4)] ReadOnlyMemory<byte> Compartments, [property: Id(5)] SightingBatch? Statements);
