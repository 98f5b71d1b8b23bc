using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>
/// What makes a node of incidents (design 3.4), read in what the caller sees of it at an instant. Decision 0006 has the
/// readings.
/// </summary>
/// <param name="at">The instant, Unix milliseconds UTC.</param>
/// <param name="isOnWarninglist">Whether a value is too common to join anything.</param>
internal sealed class CorrelationRules(long at, Func<Observable, bool> isOnWarninglist)
{
    private const long Hour = 3_600_000;
    private const string EuropeanUnion = "EU";
    private const int StatesMin = 2;

    /// <summary>Whether a node is core: two Member States saw it within the window, on no warninglist, no hub.</summary>
    public bool IsCore(in Observable node, Correlation seen) =>
        MemberStates(seen).Count() >= StatesMin && !isOnWarninglist(node) && !IsHub(seen);

    /// <summary>The Member States that saw it within the window, sorted.</summary>
    public IEnumerable<string> MemberStates(Correlation seen) => seen.Activity
        .Where(a => a.Jurisdiction != EuropeanUnion && IsWithinWindow(a.LastSeen)).Select(a => a.Jurisdiction);

    /// <summary>What one sighting within the window names beside it, sorted. Exact below the hub cap.</summary>
    public ImmutableArray<Observable> Neighbours(Correlation seen) =>
    [
        .. seen.Neighbours.SelectMany(list => list.Newest.Where(n => IsWithinWindow(n.LastSeen))
            .Select(n => new Observable(list.Type, n.Text))).Order(),
    ];

    /// <summary>
    /// The hour (start, Unix milliseconds UTC) at which its unbroken run as core began: going back hour by hour, the last at which
    /// two Member States had seen it within the window before.
    /// </summary>
    public long CoreSince(Correlation seen)
    {
        var states = seen.Activity.Where(a => a.Jurisdiction != EuropeanUnion).Select(a => a.Hours).ToArray();
        var hour = at - Math.Max(0, at) % Hour;
        while (states.Count(hours => Any(hours, hour - Hour)) >= StatesMin) hour -= Hour;
        return hour;
    }

    // Kept lists hold a hundred of each type: one that overflowed within the window is full of it.
    private bool IsHub(Correlation seen) =>
        seen.Neighbours.Sum(list => list.Newest.Count(n => IsWithinWindow(n.LastSeen))) >= Bounds.HubDegree;

    private bool IsWithinWindow(long lastSeen) => lastSeen >= at - Bounds.CorrelationWindowMilliseconds;

    // Whether an hour, or one within the window before it, is among those in which something was seen.
    private static bool Any(ImmutableArray<long> hours, long hour)
    {
        var after = hours.AsSpan().BinarySearch(hour);
        var newest = after >= 0 ? after : ~after - 1;
        return newest >= 0 && hours[newest] >= hour - Bounds.CorrelationWindowMilliseconds;
    }
}
