using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>The incident named by one core observable, in one home: which observable that is. Key: the home and the hub's keyed hash of the
/// observable, which is the identifier. For a home's own doors, which show callers nothing else than their views hold.</summary>
[Alias("IIncident")]
public interface IIncident : IGrainWithStringKey
{
    /// <summary>Keeps the observable for <see cref="Observable"/>.</summary>
    [Alias("Keep")]
    ValueTask Keep(Question question, Observable observable);

    /// <summary>The observable that names it, or null where this home does not know it: at the hub that of anything that was ever released; of
    /// what assets join only what the caller was told; else what was kept.</summary>
    [Alias("Observable")]
    ValueTask<Observable?> Observable(Question question);
}
