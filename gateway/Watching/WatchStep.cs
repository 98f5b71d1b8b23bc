using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// What of one home changed between a place and an end. Pages end where hidden records make them end; a step does not.
/// </summary>
/// <param name="Changed">The changes by observable; none where it was too much.</param>
/// <param name="Next">The place up to which that is all.</param>
/// <param name="IsTooMuch">Whether more changed than is told one by one.</param>
internal sealed record WatchStep(IReadOnlyDictionary<Observable, Changed> Changed, ChangePlace Next, bool IsTooMuch)
{
    /// <summary>Of the hub: where what assets join is to be asked for, each home once.</summary>
    public IReadOnlyCollection<ChangedElsewhere> Elsewhere { get; private init; } = [];

    /// <summary>Most changes that are told one by one.</summary>
    public const int ChangedMax = 10_000;

    /// <summary>No change.</summary>
    public static IReadOnlyDictionary<Observable, Changed> Nothing { get; } = new Dictionary<Observable, Changed>();

    /// <summary>Reads all pages behind a place.</summary>
    /// <param name="ask">Asks for a page behind a place, up to a position or, where there is none, to the ledger's end.</param>
    /// <param name="after">The place.</param>
    /// <param name="end">The position up to which to read; null for the ledger's end as it is with the first page.</param>
    public static async Task<WatchStep> Read(Func<ChangePlace, long?, Task<ChangePage>> ask, ChangePlace after, long? end)
    {
        var (changed, isTooMuch) = (new Dictionary<Observable, Changed>(), false);
        var elsewhere = new Dictionary<string, ChangedElsewhere>(StringComparer.Ordinal);
        ChangePage page;
        for (var place = after; ; place = page.Next)
        {
            page = await ask(place, end);
            end = page.End;
            // It cannot be told yet: then nothing of the step is.
            if (page.Next == place) return new(Nothing, after, IsTooMuch: false);
            isTooMuch |= page.IsTooMuch;
            foreach (var change in page.Changed)
                if (changed.Count <= ChangedMax) Add(changed, change);
            foreach (var one in page.Elsewhere)
                elsewhere[one.Jurisdiction] = elsewhere.TryGetValue(one.Jurisdiction, out var known) ? known.Plus(one) : one;
            if (!page.IsBehind) break;
        }
        isTooMuch |= changed.Count > ChangedMax;
        if (isTooMuch) changed.Clear();
        return new(changed, page.Next, isTooMuch) { Elsewhere = elsewhere.Values };
    }

    /// <summary>Adds a change to others.</summary>
    public static void Add(Dictionary<Observable, Changed> to, in Changed change) =>
        to[change.Observable] = to.TryGetValue(change.Observable, out var known) ? known.Plus(change) : change;
}
