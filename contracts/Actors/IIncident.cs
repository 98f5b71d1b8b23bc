using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>The incident named by one core observable. Key: the hub and a keyed hash of the observable.</summary>
[Alias("IIncident")]
public interface IIncident : IGrainWithStringKey
{
    /// <summary>Gives the identifier, and keeps that it was given.</summary>
    [Alias("Name")]
    ValueTask<string> Name(Question question, Observable observable);

    /// <summary>The observable that names it, or null if its identifier was never given.</summary>
    [Alias("Observable")]
    ValueTask<Observable?> Observable(Question question);
}
