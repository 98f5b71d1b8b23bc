using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>
/// What leaves the window of incidents between two instants. Redacted times are hours: what was seen in an hour leaves just after the
/// hour's start, seven days later; what is seen in Full leaves during that hour, and is told when it is over.
/// </summary>
/// <param name="First">The first full hour between them; Unix milliseconds UTC.</param>
/// <param name="Last">The last one.</param>
internal readonly record struct Ageing(long First, long Last)
{
    /// <summary>The hours in which was seen what leaves just after one of the full hours.</summary>
    public (long First, long Last) Hours => (First - Bounds.CorrelationWindowMilliseconds, Last - Bounds.CorrelationWindowMilliseconds);

    /// <summary>The hour in which was seen, in Full, what left in the hour before the first one.</summary>
    public long HourInFull => Hours.First - LastSeenPlace.HourMilliseconds;

    /// <summary>What leaves between two instants; null where no full hour lies between. One that begins at an instant is behind it.</summary>
    public static Ageing? Between(long after, long through)
    {
        var (first, last) = (LastSeenPlace.HourOf(after + LastSeenPlace.HourMilliseconds - 1), LastSeenPlace.HourOf(through - 1));
        return first <= last ? new(first, last) : null;
    }

    /// <summary>The instants (Unix milliseconds UTC) to compare with for what changed since one: it, and that since which something may
    /// have left that is told now.</summary>
    public static long[] Since(long after) => [LastSeenPlace.HourOf(after - 1) + 1, after];

    /// <summary>
    /// Whether what is seen of a node says that the homes list it for this: some state's newest of what is asked for was seen in the hours
    /// asked for. They may list more (decision 0009), and which is nothing of the caller's.
    /// </summary>
    /// <param name="filter">What was asked for.</param>
    /// <param name="activity">When states saw the node.</param>
    public bool IsListed(LastSeenFilter filter, IEnumerable<JurisdictionActivity> activity)
    {
        // Each hour at which something was named together is listed, and no other.
        if (filter.Together) return true;
        var through = Hours.Last;
        return activity.Any(seen => LastSeenPlace.HourOf(seen.LastSeen) is var hour && hour >= filter.Since && hour <= through);
    }

    /// <summary>Whether by what left between two instants, of which a node's rules are, the incidents around the node may look another.</summary>
    public static bool MayTell(in Observable node, Correlation seen, CorrelationRules before, CorrelationRules now)
    {
        var isCore = now.IsCore(node, seen);
        if (before.IsCore(node, seen) != isCore) return true;
        return isCore
            ? !before.MemberStates(seen).SequenceEqual(now.MemberStates(seen)) || !before.Neighbours(seen).SequenceEqual(now.Neighbours(seen))
                || !before.Linked(node, seen).SequenceEqual(now.Linked(node, seen))
            : !Surroundings.Joined(before, seen).SequenceEqual(Surroundings.Joined(now, seen));
    }
}
