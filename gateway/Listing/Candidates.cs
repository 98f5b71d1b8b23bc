using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;

namespace CrossBorderSoc.Gateway.Listing;

/// <summary>
/// Where to look for what a caller may have seen last, in order: the candidates of the hub and of the caller's own home, which
/// together miss nothing.
/// </summary>
/// <param name="ask">Asks a home for its candidates behind a place.</param>
internal sealed class Candidates(Func<Home, LastSeenPlace?, Task<LastSeenPage>> ask)
{
    /// <summary>The candidates of an answer's caller.</summary>
    public static Candidates Of(IGrid grid, Asking asking, LastSeenFilter filter) => new(async (home, after) =>
    {
        var page = await grid.Inquiry(home).LastSeen(asking.Question, filter, after);
        asking.Decided(page.PolicyVersion);
        return page;
    });

    /// <summary>All candidates behind a place, in chunks; those that both homes name once.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LastSeenPlace>> InChunks(
        Home own, LastSeenPlace? after, int size, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Source[] sources = [new(Home.Hub, after), new(own, after)];
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
