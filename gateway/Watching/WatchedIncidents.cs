using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Gateway.Listing;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// What a watch tells of incidents: those around what changed, and, once in every full hour, those around what left the window. All
/// watches of a caller ask it once.
/// </summary>
/// <param name="grid">The homes.</param>
/// <param name="incidents">Asks for incidents.</param>
/// <param name="names">Names them.</param>
/// <param name="policy">The grid's time.</param>
/// <param name="ticks">The beat of watches.</param>
/// <param name="watches">Those of the caller.</param>
/// <param name="caller">Who watches.</param>
internal sealed class WatchedIncidents(
    IGrid grid, IncidentQuestion incidents, IncidentNames names, IPolicyReplica policy, WatchTicks ticks, WatchClass watches, Caller caller)
{
    /// <summary>What changed for the caller between a place and a tick, what left the window included.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="place">The place.</param>
    /// <param name="ofJoined">Whether what assets join is asked for.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: a part of what left cannot be seen now.</exception>
    public async Task<WatchMove> Move(WatchTick tick, WatchPlace place, bool ofJoined)
    {
        var move = await ticks.Move(tick, watches, place, ofJoined);
        if (move.IsTooMuch || move.Next == place || Ageing.Between(place.At, move.Next.At) is not { } ageing) return move;
        return await watches.Aged.Once(place, move, async () =>
        {
            // The index tells of all that was told as far as it goes; what came behind that, the step has from the ledger.
            var listed = await ticks.Here(watches, policy.Now);
            var isListed = place.IsWithin(listed);
            return isListed ? move.With(await Aged(ageing, place, move.Next)) : new(WatchStep.Nothing, place, IsTooMuch: false);
        });
    }

    /// <summary>The incidents around a change between two places, and those that it ended; and whether the node is a hub, and core but for
    /// that.</summary>
    /// <param name="tick">In which tick.</param>
    /// <param name="change">The change.</param>
    /// <param name="place">The place before it.</param>
    /// <param name="next">The place behind it.</param>
    /// <param name="wasHub">Whether the watch was told that the node is a hub.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: a part of them cannot be seen now.</exception>
    public Task<(ImmutableArray<WatchedIncident> Told, bool IsHub)> Around(
        WatchTick tick, Changed change, WatchPlace place, WatchPlace next, bool wasHub) =>
        tick.Once((watches, change, place.At, next, wasHub), async () =>
        {
            var answer = await incidents.AskAround(caller, change, Ageing.Since(place.At), wasHub);
            MustHold(answer, next);
            var told = ImmutableArray.CreateBuilder<WatchedIncident>();
            foreach (var incident in answer.View.Incidents)
                told.Add(new(await names.Name(caller, incident.Name), incident, Gone: null));
            foreach (var gone in answer.View.Gone) told.Add(new(await names.Name(caller, gone.Observable), Incident: null, gone));
            return (told.ToImmutable(), answer.View.IsHub);
        });

    /// <summary>Throws UNAVAILABLE where an answer lacks what a change may be of: what a jurisdiction that is out would show, or a node under
    /// an older policy, is no view of it. It is told when it can be.</summary>
    public static void MustHold<TView>(Answer<TView> answer, WatchPlace next, bool mayLack = false)
    {
        if ((!answer.Missing.IsEmpty && !mayLack) || answer.PolicyVersion < next.PolicyVersion) throw Refused.Unavailable();
    }

    private Task<IReadOnlyDictionary<Observable, Changed>> Aged(Ageing ageing, WatchPlace place, WatchPlace next) => new AgedNodes(
        async (home, filter, after) =>
        {
            var page = await grid.Inquiry(home).LastSeen(caller.AskAt(policy.Now), filter, after);
            return page.PolicyVersion >= next.PolicyVersion ? page : throw Refused.Unavailable();
        },
        async (filter, nodes) =>
        {
            var aged = await incidents.AskAged(
                caller, nodes, activity => ageing.IsListed(filter, activity), Ageing.Since(place.At));
            MustHold(aged, next);
            return aged.View;
        }).Find(ageing, caller.Home, watches.Asked(ofJoined: true).Only);
}

/// <summary>An incident that a watch may tell, or one that is gone.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Incident">The incident; null where it is gone.</param>
/// <param name="Gone">What is gone; null where it is not.</param>
internal sealed record WatchedIncident(string Id, Incident? Incident, GoneNode? Gone)
{
    private readonly V1.IncidentSummary? _summary = Incident is null ? null : ListMapping.ToMessage(Id, Incident);

    /// <summary>Whether it is asked for, time, types and text apart. Of one that is gone nobody knows in which sectors it was.</summary>
    public bool IsOf(ListScope scope) => Incident is null ? scope.IsOf(Gone!.MemberStates) : scope.IsOf(Incident);

    /// <summary>The message, for one watch to write.</summary>
    public V1.WatchResponse ToMessage() => Gone is null
        ? new() { Incident = _summary } : new() { IncidentGone = new() { Id = Id, Observable = Mapping.ToMessage(Gone.Observable) } };
}
