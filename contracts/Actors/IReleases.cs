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
}

/// <summary>The watermark of a jurisdiction's ledger at the hub.</summary>
/// <param name="LedgerId">The ledger; empty when nothing was applied yet.</param>
/// <param name="Epoch">Its epoch.</param>
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
