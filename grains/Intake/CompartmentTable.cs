using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Intake;

/// <summary>The compartments of one record: what its items' marking, kind and types make of the record's owner and epoch.</summary>
public sealed class CompartmentTable(RecordHeader header, Marking[] markings)
{
    private readonly Dictionary<(int Marking, SightingKind Kind, ulong Types), Compartment> _compartments = [];

    /// <summary>The compartment of an item. The marking's index is in range.</summary>
    public Compartment Of(int marking, SightingKind kind, ObservableTypeSet types)
    {
        if (_compartments.TryGetValue((marking, kind, types.Mask), out var known)) return known;
        return _compartments[(marking, kind, types.Mask)] =
            new(header.Owner, header.Jurisdiction, markings[marking], kind, header.PolicyVersion, types);
    }
}
