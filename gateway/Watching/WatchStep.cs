using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// What of one home changed between a place and the end that its first page named. Pages end where hidden records make them end; a step
/// does not.
/// </summary>
/// <param name="Changed">The changes by observable; none where it was too much.</param>
/// <param name="Next">The place up to which that is all.</param>
/// <param name="IsTooMuch">Whether more changed than is told one by one.</param>
internal sealed record WatchStep(IReadOnlyDictionary<Observable, Changed> Changed, ChangePlace Next, bool IsTooMuch)
{
    private const int ChangedMax = 10_000;

    /// <summary>Reads all pages behind a place.</summary>
    public static async Task<WatchStep> Read(Func<ChangePlace, long?, Task<ChangePage>> ask, ChangePlace after)
    {
        var page = await ask(after, null);
        var (changed, isTooMuch) = (new Dictionary<Observable, Changed>(), false);
        while (true)
        {
            isTooMuch |= page.IsTooMuch;
            foreach (var change in page.Changed)
                if (changed.Count <= ChangedMax) Add(changed, change);
            if (!page.IsBehind) break;
            page = await ask(page.Next, page.End);
        }
        isTooMuch |= changed.Count > ChangedMax;
        if (isTooMuch) changed.Clear();
        return new(changed, page.Next, isTooMuch);
    }

    /// <summary>What of several steps is asked for, in order. Looks at what is asked for where that is less than what changed.</summary>
    public static IEnumerable<Changed> InOrder(WatchScope scope, params WatchStep[] steps)
    {
        var found = new Dictionary<Observable, Changed>();
        foreach (var changed in steps.Select(step => step.Changed))
        {
            if (scope.Only.Count > 0 && scope.Only.Count < changed.Count)
            {
                foreach (var one in scope.Only)
                    if (changed.TryGetValue(one, out var change)) Add(found, change);
            }
            else
            {
                foreach (var change in changed.Values) Add(found, change);
            }
        }
        return found.Values.Where(change => scope.Holds(change.Observable)).Order();
    }

    private static void Add(Dictionary<Observable, Changed> to, in Changed change) =>
        to[change.Observable] = to.TryGetValue(change.Observable, out var known) ? known.Plus(change) : change;
}
