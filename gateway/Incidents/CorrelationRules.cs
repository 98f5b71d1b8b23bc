using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
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
    private const long Hour = LastSeenPlace.HourMilliseconds;
    private const string EuropeanUnion = "EU";
    private const int StatesMin = 2;

    /// <summary>Whether a node is core: two Member States saw it within the window, or somebody opened an incident of it within the
    /// window; on no warninglist, no hub.</summary>
    public bool IsCore(in Observable node, Correlation seen) => MayHaveBeenCore(node, seen, lost: default);

    /// <summary>The Member States that saw it within the window, sorted.</summary>
    public IEnumerable<string> MemberStates(Correlation seen) => seen.Activity
        .Where(a => a.Jurisdiction != EuropeanUnion && IsWithinWindow(a.LastSeen)).Select(a => a.Jurisdiction);

    /// <summary>The sectors of the assets on which it was seen within the window, the newest first.</summary>
    public IEnumerable<string> Sectors(Correlation seen) =>
        seen.Sectors.Where(s => IsWithinWindow(s.LastSeen)).Select(s => s.Text);

    /// <summary>As <see cref="IsCore"/>, as far as what is seen now tells of an instant in the past, and what was lost since: rather yes
    /// than no.</summary>
    public bool MayHaveBeenCore(in Observable node, Correlation seen, Lost lost) =>
        !IsHub(seen) && IsCoreButForDegree(node, seen, lost);

    /// <summary>Whether nothing but the number of its neighbours keeps a node from being core.</summary>
    public bool IsHub(in Observable node, Correlation seen) => IsHub(seen) && IsCoreButForDegree(node, seen, lost: default);

    /// <summary>Those of <see cref="MemberStates(Correlation)"/>, and those whose statements were lost; in no order.</summary>
    public IEnumerable<string> MemberStates(Correlation seen, Lost lost) => lost.IsNothing
        ? MemberStates(seen)
        : MemberStates(seen).Union(lost.Sources.Where(code => code != EuropeanUnion));

    /// <summary>What one sighting within the window names beside it, sorted. Exact below the hub cap.</summary>
    public ImmutableArray<Observable> Neighbours(Correlation seen) =>
    [
        .. seen.Neighbours.SelectMany(list => list.Newest.Where(n => IsWithinWindow(n.LastSeen))
            .Select(n => new Observable(list.Type, n.Text))).Order(),
    ];

    /// <summary>
    /// With what it is linked where that is core, too: what one sighting within the window names beside it, or an opening within the
    /// window, or a contributed link; but for what a contribution splits from it. Sorted.
    /// </summary>
    public ImmutableArray<Observable> Linked(in Observable node, Correlation seen)
    {
        if (seen.Contributions.IsEmpty) return Neighbours(seen);
        var split = Named(seen, c => c.Contribution!.Kind == ContributionKind.Split);
        var said = Named(seen, c => c.Contribution!.Kind == ContributionKind.Link
            || (c.Contribution.Kind == ContributionKind.Opened && IsWithinWindow(c.LastSeen)));
        return [.. Neighbours(seen).Union(said).Except(split).Except([node]).Order()];
    }

    /// <summary>When it was last seen or spoken of, whenever that was, as disclosed; Unix milliseconds UTC. Null: never.</summary>
    public static long? LastOf(Correlation seen) => seen.Activity.Select(activity => (long?)activity.LastSeen)
        .Concat(seen.Contributions.Select(contribution => (long?)contribution.LastSeen)).Max();

    /// <summary>
    /// The hour (start, Unix milliseconds UTC) at which its unbroken run as core began: going back hour by hour, the last at which
    /// two Member States had seen it within the window before, or it had been opened within it.
    /// </summary>
    public long CoreSince(Correlation seen)
    {
        var states = seen.Activity.Where(a => a.Jurisdiction != EuropeanUnion).Select(a => a.Hours).ToArray();
        ImmutableArray<long> openings = [.. Openings(seen).Select(opening => LastSeenPlace.HourOf(opening.LastSeen)).Order()];
        var hour = at - Math.Max(0, at) % Hour;
        while (states.Count(hours => Any(hours, hour - Hour)) >= StatesMin || Any(openings, hour - Hour)) hour -= Hour;
        return hour;
    }

    private static IEnumerable<DisclosedSighting> Openings(Correlation seen) =>
        seen.Contributions.Where(contribution => contribution.Contribution!.Kind == ContributionKind.Opened);

    private static IEnumerable<Observable> Named(Correlation seen, Func<DisclosedSighting, bool> by) =>
        seen.Contributions.Where(by).SelectMany(contribution => contribution.Observables);

    private bool IsCoreButForDegree(in Observable node, Correlation seen, Lost lost) =>
        (MemberStates(seen, lost).Count() >= StatesMin || lost.HasContributions || Openings(seen).Any(o => IsWithinWindow(o.LastSeen)))
        && !isOnWarninglist(node);

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
