using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// A level per observable type, as two masks: the types at Redacted or Full, and among them those at Full.
/// </summary>
internal readonly record struct Rights
{
    private Rights(ulong visible, ulong full) => (Visible, Full) = (visible, full);

    /// <summary>No type at all.</summary>
    public static Rights None => default;

    /// <summary>The types at Redacted or Full.</summary>
    public ulong Visible { get; }

    /// <summary>The types at Full.</summary>
    public ulong Full { get; }

    /// <summary>These types at one level; an unknown level is none.</summary>
    public static Rights Of(ObservableTypeSet types, DisclosureLevel level) => level switch
    {
        DisclosureLevel.Full => new(types.Mask, types.Mask),
        DisclosureLevel.Redacted => new(types.Mask, 0),
        _ => None,
    };

    /// <summary>Per type the higher of two levels.</summary>
    public Rights Or(Rights other) => new(Visible | other.Visible, Full | other.Full);

    /// <summary>Per type the lower of two levels.</summary>
    public Rights And(Rights other) => new(Visible & other.Visible, Full & other.Full);

    /// <summary>The level of one type; of a number that is no type, none.</summary>
    public DisclosureLevel Of(ObservableType type)
    {
        if ((int)type >= 64) return DisclosureLevel.None;
        var bit = 1UL << (int)type;
        if ((Full & bit) != 0) return DisclosureLevel.Full;
        return (Visible & bit) != 0 ? DisclosureLevel.Redacted : DisclosureLevel.None;
    }

    /// <summary>
    /// The level of a sighting of these types: Full when every type is, Redacted when any is visible.
    /// </summary>
    public DisclosureLevel OfWhole(ObservableTypeSet types)
    {
        if ((types.Mask & ~Full) == 0) return DisclosureLevel.Full;
        return (types.Mask & Visible) != 0 ? DisclosureLevel.Redacted : DisclosureLevel.None;
    }
}
