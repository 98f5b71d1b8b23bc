using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Gateway.Listing;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>The lists of a <see cref="ComposedGrid"/>, page by page, as the gateway serves them: tokens and all.</summary>
internal sealed class ComposedLists
{
    // Few, so that lists take several pages, and pages several reads.
    private const int CandidatesPerPage = 3;
    private const int CandidatesAtOnce = 2;

    private readonly ComposedGrid _grid;
    private readonly LastSeenReader _reader;

    public ComposedLists(ComposedGrid grid)
    {
        _grid = grid;
        Index(grid);
        _reader = new(grid.Stores, grid.Compartments) { PageMax = CandidatesPerPage };
    }

    /// <summary>Brings the indexes of a grid up to its ledgers.</summary>
    public static void Index(ComposedGrid grid)
    {
        using var indexer = new LastSeenIndexer(
            grid.Stores, grid.Compartments, new(new Dictionary<Home, byte[]> { [Home.Hub] = new byte[32] }), TimeProvider.System,
            NullLogger<LastSeenIndexer>.Instance);
        foreach (var store in grid.Stores.Homes.Select(home => grid.Stores[home]))
            while (store.LastSeen.ReadPosition(CancellationToken.None).Result < store.Head)
                indexer.Step(store, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>The pages of a list of indicators.</summary>
    public IReadOnlyList<ListPage<IndicatorEntry>> Indicators(Clearance clearance, long at, MV.ListFilter filter, int size) =>
        Pages(filter, size, scope => IndicatorList.Page(
            new(scope, filter.MinScore, filter.Technique.Length == 0 ? null : filter.Technique),
            CandidatesOf(clearance, at, IndicatorList.FilterOf(scope), scope),
            observable => Task.FromResult(
                new IndicatorEntry(observable, _grid.Summary(observable, clearance, at), [], at))));

    /// <summary>The pages of a list of incidents.</summary>
    public IReadOnlyList<ListPage<Incident>> Incidents(Clearance clearance, long at, MV.ListFilter filter, int size) =>
        Pages(filter, size, scope => IncidentList.Page(
            scope, CandidatesOf(clearance, at, IncidentList.FilterOf(scope, at), scope), new(at, _ => false),
            nodes => Task.FromResult<IReadOnlyList<Correlation>>(
                [.. nodes.Select(node => _grid.Correlation(node, clearance, at))])));

    private IAsyncEnumerable<IReadOnlyList<LastSeenPlace>> CandidatesOf(
        Clearance clearance, long at, LastSeenFilter filter, ListScope scope)
    {
        var asker = new Asker(_grid.HomeOf(clearance), clearance, clearance.History.Number, at);
        return new Candidates(
            asker.Home, _grid.Homes.Where(home => home != asker.Home),
            (home, after) => _reader.Page(home, asker, filter, after, CancellationToken.None).AsTask())
            .InChunks(scope.Start, CandidatesAtOnce);
    }

    private static List<ListPage<T>> Pages<T>(MV.ListFilter filter, int size, Func<ListScope, Task<ListPage<T>>> ask)
    {
        var pages = new List<ListPage<T>>();
        for (var token = ""; pages.Count == 0 || token.Length > 0;)
        {
            var scope = ScopeOf(filter, size) with { After = ListToken.Read(token, [1]) };
            pages.Add(ask(scope).GetAwaiter().GetResult());
            token = ListToken.Of(pages[^1].Next, [1]);
        }
        return pages;
    }

    private static ListScope ScopeOf(MV.ListFilter filter, int size) => new(
        filter.Types.Count == 0
            ? new(ulong.MaxValue)
            : filter.Types.Aggregate(default(ObservableTypeSet), (set, type) => set.With(ModelMapping.Type(type))),
        filter.Since is { } since ? LastSeenPlace.HourOf(since.ToUnixTimeMilliseconds()) : long.MinValue,
        filter.Before is { } before ? LastSeenPlace.HourOf(before.ToUnixTimeMilliseconds()) : long.MaxValue,
        [.. filter.Jurisdictions], [.. filter.Sectors.Select(each => TrendName.OfSector(each)!.Value.Text)],
        filter.Text.Length == 0 ? null : filter.Text, size, After: null);
}
