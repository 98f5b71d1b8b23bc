using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// What a producer chooses of a compartment; owner and audience epoch are not its own to choose. The bound of design 3.1.7 counts
/// these, and so bounds what one owner adds to an observable's compartments.
/// </summary>
/// <param name="Marking">Under which terms.</param>
/// <param name="Kind">What is said.</param>
/// <param name="Types">The types of all observables of the sighting.</param>
public readonly record struct MarkingUse(Marking Marking, SightingKind Kind, ObservableTypeSet Types);
