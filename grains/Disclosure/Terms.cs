using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// On which terms one compartment is disclosed to one caller: the subject's level, and that of each type beside it.
/// </summary>
internal readonly struct Terms
{
    private readonly Rights _rights;
    private readonly Reading _reading;

    public Terms(Compartment compartment, DisclosureLevel level, Rights rights, in Reading reading) =>
        (Compartment, Level, _rights, _reading) = (compartment, level, rights, reading);

    /// <summary>The compartment.</summary>
    public Compartment Compartment { get; }

    /// <summary>The level of the subject: Redacted or Full.</summary>
    public DisclosureLevel Level { get; }

    /// <summary>Whether the subject is disclosed in Full.</summary>
    public bool IsFull => Level == DisclosureLevel.Full;

    /// <summary>Whether whole sightings of the compartment are disclosed in Full, by this reading.</summary>
    public bool IsWholeFull =>
        _rights.OfWhole(Compartment.Types) == DisclosureLevel.Full && _reading.Takes(DisclosureLevel.Full);

    /// <summary>The owner where it is disclosed: Full, or Redacted under <c>named</c> attribution; else null.</summary>
    public string? Source =>
        IsFull || Compartment.Marking.Attribution == Attribution.Named ? Compartment.Owner : null;

    /// <summary>
    /// An instant in the form of the subject's level: Redacted is cut to the hour, for ordering, too.
    /// </summary>
    public long Show(long instant) => Show(instant, Level);

    /// <summary>An instant in the form of a level.</summary>
    public static long Show(long instant, DisclosureLevel level) =>
        level == DisclosureLevel.Full ? instant : Hours.Floor(instant);

    /// <summary>
    /// The level of the pair of the subject and a neighbour of a type: the lower of the two; none if not for this
    /// reading.
    /// </summary>
    public DisclosureLevel PairWith(ObservableType type)
    {
        var neighbour = _rights.Of(type);
        var pair = neighbour < Level ? neighbour : Level;
        return _reading.Takes(pair) ? pair : DisclosureLevel.None;
    }
}
