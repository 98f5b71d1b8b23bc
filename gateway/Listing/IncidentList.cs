using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Incidents;

namespace CrossBorderSoc.Gateway.Listing;

/// <summary>
/// Lists the incidents of a caller, each once, where its core observable stands that was seen or spoken of last: walked from there, so that a list
/// tells what <c>GetIncident</c> would.
/// </summary>
internal sealed class IncidentList(IGrid grid, OneAnswer one, IncidentQuestion incidents)
{
    private const int NodesAtOnce = 64;

    /// <summary>A page of the list.</summary>
    public Task<Answer<ListPage<Incident>>> Ask(Caller caller, ListScope wanted, CancellationToken cancellation) => one.Ask(caller, asking =>
    {
        var at = asking.Question.At;
        return Page(
            wanted, Candidates.Of(grid, caller.Home, asking, FilterOf(wanted, at)).InChunks(wanted.Start, NodesAtOnce, cancellation),
            incidents.RulesAt(at), nodes => incidents.AskLevel(caller.Home, asking, nodes));
    });

    /// <summary>Which candidates to look at: of all types, since an incident stands where its newest observable does.</summary>
    internal static LastSeenFilter FilterOf(ListScope wanted, long at) => new(
        new(ulong.MaxValue), Math.Max(wanted.Since, LastSeenPlace.HourOf(at - Bounds.CorrelationWindowMilliseconds)),
        OfIncidents: true, Text: null);

    /// <summary>A page out of candidates in order and of what the caller sees of nodes.</summary>
    internal static async Task<ListPage<Incident>> Page(
        ListScope wanted, IAsyncEnumerable<IReadOnlyList<LastSeenPlace>> candidates, CorrelationRules rules, IncidentWalk.Ask ask)
    {
        var page = new ListPageBuilder<Incident>(wanted);
        await foreach (var chunk in candidates)
        {
            foreach (var (candidate, seen) in chunk.Zip(await ask([.. chunk.Select(candidate => candidate.Observable)])))
            {
                var node = candidate.Observable;
                if (CorrelationRules.LastOf(seen) is not { } last || !page.LooksAt(candidate, LastSeenPlace.Of(last, node))) continue;
                if (rules.IsCore(node, seen)) Tell(page, wanted, (await new IncidentWalk(rules, ask).From(node))!);
            }
            if (page.IsDone) break;
        }
        return page.Build();
    }

    private static void Tell(ListPageBuilder<Incident> page, ListScope wanted, Incident incident)
    {
        page.Tell(incident.Core.Select(node => node.Observable));
        var place = incident.Core.Min(node => LastSeenPlace.Of(node.LastSeen, node.Observable));
        if (wanted.IsAhead(place) && wanted.IsOf(incident) && wanted.Holds(incident.Core.Select(node => node.Observable)))
            page.Add(place, incident);
    }
}
