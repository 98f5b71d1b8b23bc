using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>The door through which batches reach the ledger of a jurisdiction. Key: <see cref="ActorKeys.Lane"/>.</summary>
[Alias("IIntake")]
public interface IIntake : IGrainWithStringKey
{
    /// <summary>
    /// Commits a batch of the caller's organisation and completes when it is on disk. The owner and its jurisdiction come from
    /// the token. Throws <see cref="StoreCannotWriteException"/> when the store cannot write, and
    /// <see cref="GridUnavailableException"/> when nothing can be acknowledged now for another reason.
    /// </summary>
    [Alias("Accept")]
    ValueTask<BatchOutcome> Accept(CallerToken caller, SightingBatch batch);
}

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">How many sightings are new and on disk.</param>
/// <param name="Duplicates">How many were there already with the same content.</param>
/// <param name="Refused">Those that were refused at the ledger.</param>
[GenerateSerializer, Immutable, Alias("BatchOutcome")]
public sealed record BatchOutcome(
    [property: Id(0)] int Accepted, [property: Id(1)] int Duplicates, [property: Id(2)] RefusedItem[] Refused);

/// <summary>A sighting that the ledger refused.</summary>
/// <param name="Index">Its place in the <see cref="SightingBatch"/>, from 0.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("RefusedItem")]
public readonly record struct RefusedItem([property: Id(0)] int Index, [property: Id(1)] LedgerRefusal Reason);

/// <summary>Why the ledger refused a sighting.</summary>
public enum LedgerRefusal : byte
{
    /// <summary>The owner used the identifier before, for other content: <c>ID_CONFLICT</c>.</summary>
    IdConflict = 1,
    /// <summary>The owner has too many different combinations of marking, kind and observable types on one of the observables:
    /// <c>TOO_MANY_MARKINGS</c>.</summary>
    TooManyMarkings = 2,
}
