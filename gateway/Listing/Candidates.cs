using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;

namespace CrossBorderSoc.Gateway.Listing;

/// <summary>
/// Where to look for what a caller may have seen last, in order: the candidates of the hub and of the caller's own home, which
/// together miss nothing but what assets join; of that, which the hub does not know, those of all homes (decision 0014).
/// </summary>
/// <param name="own">The caller's own home.</param>
/// <param name="foreign">The other homes, where what assets join is asked for.</param>
/// <param name="ask">Asks a home for its candidates behind a place.</param>
internal sealed class Candidates(Home own, IEnumerable<Home> foreign, Func<Home, LastSeenPlace?, Task<LastSeenPage>> ask)
{
    /// <summary>The candidates of an answer's caller.</summary>
    public static Candidates Of(IGrid grid, Home own, Asking asking, LastSeenFilter filter)
    {
        var joins = filter.Types.Intersect(AssetJoins.Types).Mask != 0;
        return new(own, joins ? asking.ForeignHomes(own) : [], (home, after) => home == own
            ? Ask(home, after)
            : home.IsHub ? asking.OfHub(() => Ask(home, after), new([], Next: null, PolicyVersion: 0))
            : asking.OfForeign(home, () => Ask(home, after), new([], Next: null, PolicyVersion: 0)));

        async Task<LastSeenPage> Ask(Home home, LastSeenPlace? after)
        {
            var page = await grid.Inquiry(home).LastSeen(asking.Question, filter, after);
            asking.Decided(page.PolicyVersion);
            return page;
        }
    }

    /// <summary>All candidates behind a place, in chunks; those that several homes name once.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LastSeenPlace>> InChunks(
        LastSeenPlace? after, int size, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Source[] sources = [.. foreign.Prepend(own).Prepend(Home.Hub).Select(home => new Source(home, after))];
        var chunk = new List<LastSeenPlace>(size);
        LastSeenPlace? last = null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            await Task.WhenAll(sources.Select(source => source.Fill(ask, cancellation)));
            if (sources.Where(source => source.HasMore).MinBy(source => source.Head) is not { } next) break;
            var place = next.Take();
            if (place == last) continue;
            chunk.Add(place);
            last = place;
            if (chunk.Count < size) continue;
            yield return chunk;
            chunk = new(size);
        }
        if (chunk.Count > 0) yield return chunk;
    }

    // One home's candidates, page by page.
    private sealed class Source(Home home, LastSeenPlace? after)
    {
        private LastSeenPlace? _next = after;
        private ImmutableArray<LastSeenPlace> _page = [];
        private int _at;
        private bool _isLast;

        public bool HasMore => _at < _page.Length;

        public LastSeenPlace Head => _page[_at];

        public LastSeenPlace Take() => _page[_at++];

        public async Task Fill(Func<Home, LastSeenPlace?, Task<LastSeenPage>> ask, CancellationToken cancellation)
        {
            while (!HasMore && !_isLast)
            {
                cancellation.ThrowIfCancellationRequested();
                var page = await ask(home, _next);
                (_page, _at, _next, _isLast) = (page.Places, 0, page.Next, page.Next is null);
            }
        }
    }
}
