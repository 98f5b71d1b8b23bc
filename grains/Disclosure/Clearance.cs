using System.Collections.Concurrent;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure.Rules;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// The compiled right to see of one caller under one policy history. It remembers per compartment the levels, and the
/// span of time in which they hold (up to the next end of an embargo, expiry, start or end of an agreement). Safe for
/// concurrent use.
/// </summary>
public sealed class Clearance
{
    private const int RememberedMax = 32_768;
    private readonly ConcurrentDictionary<Compartment, Remembered> _remembered = new();
    private int _count;

    /// <summary>The clearance of a caller.</summary>
    public Clearance(Caller caller, PolicyHistory history) => (Caller, History) = (caller, history);

    /// <summary>Who asks.</summary>
    public Caller Caller { get; }

    /// <summary>The policy that decides.</summary>
    public PolicyHistory History { get; }

    /// <summary>
    /// The level of a compartment's observables of one type; none for a type that the compartment does not have.
    /// </summary>
    /// <param name="compartment">The compartment.</param>
    /// <param name="type">The observable's type.</param>
    /// <param name="atUnixMilliseconds">The instant of the question, in the grid's time.</param>
    /// <exception cref="UndecidableException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public DisclosureLevel Decide(Compartment compartment, ObservableType type, long atUnixMilliseconds) =>
        RightsIn(compartment, atUnixMilliseconds).Of(type);

    /// <summary>
    /// The level of a whole sighting of a compartment: Full when every observable is, Redacted when any is visible.
    /// </summary>
    /// <param name="compartment">The compartment.</param>
    /// <param name="atUnixMilliseconds">The instant of the question, in the grid's time.</param>
    /// <exception cref="UndecidableException">It cannot be decided; the call has to fail as
    /// unavailable.</exception>
    public DisclosureLevel DecideWhole(Compartment compartment, long atUnixMilliseconds) =>
        RightsIn(compartment, atUnixMilliseconds).OfWhole(compartment.Types);

    internal Rights RightsIn(Compartment compartment, long at)
    {
        if (_remembered.TryGetValue(compartment, out var known) && at >= known.From && at < known.Until)
            return known.Rights;
        var moment = Moment.At(at);
        var rights = Decision.Of(Caller, compartment, History, ref moment);
        Remember(compartment, new(moment.From, moment.Until, rights), replaces: known is not null);
        return rights;
    }

    private void Remember(Compartment compartment, Remembered decision, bool replaces)
    {
        if (!replaces && Interlocked.Increment(ref _count) > RememberedMax)
        {
            // Cheaper than an order of use, and rare: a caller seldom meets this many compartments.
            Volatile.Write(ref _count, 1);
            _remembered.Clear();
        }
        _remembered[compartment] = decision;
    }

    private sealed record Remembered(long From, long Until, Rights Rights);
}
