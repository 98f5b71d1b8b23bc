using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>
/// Makes one answer of the evidence of several homes: the first sightings in <see cref="EvidenceOrder"/>, whichever home has them.
/// Holds one page per home.
/// </summary>
/// <param name="ask">Asks a home for the page that follows a place.</param>
internal sealed class EvidenceMerge(EvidenceMerge.Ask ask)
{
    internal delegate Task<EvidencePage> Ask(Home home, EvidencePlace? after, int limit);

    /// <summary>The first sightings of all homes, in order.</summary>
    /// <param name="homes">The homes; each one has sightings of its own.</param>
    /// <param name="limit">Most sightings, at least 1.</param>
    public async IAsyncEnumerable<DisclosedSighting> First(IEnumerable<Home> homes, int limit)
    {
        var firsts = await Task.WhenAll(homes.Select(async home => new Source(home, await ask(home, null, limit))));
        var next = new PriorityQueue<Source, DisclosedSighting>(EvidenceOrder.Instance);
        foreach (var source in firsts) Enqueue(source);
        for (var given = 1; given <= limit && next.TryDequeue(out var source, out var sighting); given++)
        {
            yield return sighting;
            if (given < limit && source.IsRead && source.Page.Next is { } place)
                source.Turn(await ask(source.Home, place, limit - given));
            Enqueue(source);
        }

        void Enqueue(Source source)
        {
            if (!source.IsRead) next.Enqueue(source, source.Read());
        }
    }

    private sealed class Source(Home home, EvidencePage page)
    {
        private int _read;

        public Home Home => home;

        public EvidencePage Page { get; private set; } = page;

        public bool IsRead => _read == Page.Sightings.Length;

        public DisclosedSighting Read() => Page.Sightings[_read++];

        public void Turn(EvidencePage next) => (Page, _read) = (next, 0);
    }
}
