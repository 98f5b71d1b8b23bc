using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// What of one home changed between a place and the end that its first page named. Pages end where hidden records make them end; a step
/// does not.
/// </summary>
/// <param name="Changed">The observables, each once.</param>
/// <param name="Next">The place up to which that is all.</param>
/// <param name="IsTooMuch">Whether more changed than is told one by one.</param>
internal sealed record WatchStep(ImmutableArray<Changed> Changed, ChangePlace Next, bool IsTooMuch)
{
    private const int ChangedMax = 10_000;

    /// <summary>Reads all pages behind a place.</summary>
    public static async Task<WatchStep> Read(Func<ChangePlace, long?, Task<ChangePage>> ask, ChangePlace after)
    {
        var page = await ask(after, null);
        var (changed, isTooMuch) = (new Dictionary<Observable, long>(), false);
        while (true)
        {
            isTooMuch |= page.IsTooMuch;
            foreach (var change in page.Changed)
                if (changed.Count <= ChangedMax)
                    changed[change.Observable] = Math.Max(change.At, changed.GetValueOrDefault(change.Observable, change.At));
            if (!page.IsBehind) break;
            page = await ask(page.Next, page.End);
        }
        isTooMuch |= changed.Count > ChangedMax;
        return new(isTooMuch ? [] : [.. changed.Select(each => new Changed(each.Value, each.Key)).Order()], page.Next, isTooMuch);
    }
}
