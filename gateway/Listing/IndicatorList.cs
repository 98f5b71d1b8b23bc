using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Scoring;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Warninglists;

namespace CrossBorderSoc.Gateway.Listing;

/// <summary>Lists the indicators of a caller: each by its view, so that a list tells nothing that its entries would not.</summary>
internal sealed class IndicatorList(IGrid grid, OneAnswer one, WarninglistsInForce warninglists)
{
    private const int ViewsAtOnce = 32;

    private readonly IndicatorQuestion _question = new(grid, one);

    /// <summary>A page of the list.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="wanted">What of it.</param>
    /// <param name="cancellation">The call's.</param>
    public Task<Answer<ListPage<IndicatorEntry>>> Ask(Caller caller, IndicatorFilter wanted, CancellationToken cancellation) =>
        one.AskOrOwn(caller, asking => Page(
            wanted,
            Candidates.Of(grid, caller.Home, asking, FilterOf(wanted.Scope)).InChunks(wanted.Scope.Start, ViewsAtOnce, cancellation),
            async observable => new(
                observable, await _question.Ask(caller, observable, asking, isSummary: true), warninglists.Current.NamesOf(observable),
                asking.Question.At)));

    /// <summary>Which candidates to look at.</summary>
    internal static LastSeenFilter FilterOf(ListScope wanted) => new(wanted.Types, wanted.Since, OfIncidents: false, wanted.Text);

    /// <summary>A page out of candidates in order and of what the caller sees of each.</summary>
    internal static async Task<ListPage<IndicatorEntry>> Page(
        IndicatorFilter wanted, IAsyncEnumerable<IReadOnlyList<LastSeenPlace>> candidates,
        Func<Observable, Task<IndicatorEntry>> entryOf)
    {
        var page = new ListPageBuilder<IndicatorEntry>(wanted.Scope);
        await foreach (var chunk in candidates)
        {
            var entries = await Task.WhenAll(chunk.Select(candidate => entryOf(candidate.Observable)));
            foreach (var (candidate, entry) in chunk.Zip(entries))
            {
                if (entry.View.IsEmpty || !page.LooksAt(candidate, entry.Place)) continue;
                if (wanted.Passes(entry)) page.Add(entry.Place, entry);
            }
            if (page.IsDone) break;
        }
        return page.Build();
    }
}

/// <summary>An indicator of a list.</summary>
/// <param name="Observable">The observable.</param>
/// <param name="View">What the caller sees of it.</param>
/// <param name="Warninglists">The warninglists that hold it.</param>
/// <param name="At">The instant of the answer; Unix milliseconds UTC.</param>
internal sealed record IndicatorEntry(Observable Observable, IndicatorView View, ImmutableArray<string> Warninglists, long At)
{
    /// <summary>Where it stands; it is not empty.</summary>
    public LastSeenPlace Place => LastSeenPlace.Of(View.TalliesByJurisdiction.Max(tally => tally.Tally.LastSeen), Observable);

    /// <summary>Its score at that instant.</summary>
    public IndicatorScore Score { get; } = IndicatorScore.Of(View, Observable.Type, At, isOnWarninglist: !Warninglists.IsEmpty);
}
