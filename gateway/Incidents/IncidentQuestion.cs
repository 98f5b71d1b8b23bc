using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Warninglists;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>
/// Walks a caller's incident over the homes of the grid: of each level the hub's parts and those of the caller's own home, then
/// those of the homes that the hub's answer names, and of what assets join those of all homes. Full detail passes through this gateway
/// only.
/// </summary>
internal sealed class IncidentQuestion(IGrid grid, OneAnswer one, WarninglistsInForce warninglists)
{
    /// <summary>The caller's incident around a node; null when the node is not core.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the parts never agreed.</exception>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public Task<Answer<Incident?>> Ask(Caller caller, Observable node) => one.Ask(caller, asking =>
        new IncidentWalk(RulesAt(asking.Question.At), nodes => AskLevel(caller.Home, asking, nodes)).From(node));

    /// <summary>The caller's incidents that a change of a node may be one of, and those that it may have ended.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="change">The change.</param>
    /// <param name="since">The instants to compare with (Unix milliseconds UTC).</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the parts never agreed.</exception>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public Task<Answer<Surroundings>> AskAround(Caller caller, Changed change, IEnumerable<long> since) => one.Ask(
        caller, asking => Surroundings.Of(
            change, [.. since.Select(RulesAt)], RulesAt(asking.Question.At), nodes => AskLevel(caller.Home, asking, nodes)));

    /// <summary>Those of some nodes whose part in the caller's incidents time alone may have changed since an instant.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="since">The instants to compare with (Unix milliseconds UTC).</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the parts never agreed.</exception>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public Task<Answer<ImmutableArray<Observable>>> AskAged(Caller caller, IReadOnlyList<Observable> nodes, IEnumerable<long> since) => one.Ask(
        caller, async asking =>
        {
            var now = RulesAt(asking.Question.At);
            var before = since.Select(RulesAt).ToList();
            var seen = await AskLevel(caller.Home, asking, nodes);
            return nodes.Zip(seen).Where(each => before.Exists(then => Ageing.MayTell(each.First, each.Second, then, now)))
                .Select(each => each.First).ToImmutableArray();
        });

    /// <summary>What makes a node at an instant (Unix milliseconds UTC), under the warninglists in force.</summary>
    public CorrelationRules RulesAt(long at)
    {
        var common = warninglists.Current;
        return new(at, value => common.Holds(value));
    }

    /// <summary>What a caller sees of nodes, in their order.</summary>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public async Task<IReadOnlyList<Correlation>> AskLevel(Home own, Asking asking, IReadOnlyList<Observable> nodes)
    {
        var seen = new List<Correlation>(nodes.Count);
        foreach (var some in nodes.Chunk(IInquiry.ObservablesPerCallMax)) seen.AddRange(await AskSome(own, asking, some));
        return seen;
    }

    private async Task<IEnumerable<Correlation>> AskSome(Home own, Asking asking, Observable[] nodes)
    {
        var atHub = AskHome(Home.Hub, asking, nodes);
        var atOwn = AskHome(own, asking, nodes);
        await Task.WhenAll(atHub, atOwn);
        var parts = (await atHub).Zip(await atOwn, (hub, home) => new List<Correlation> { hub.Part, home.Part }).ToArray();
        var elsewhere = (await atHub).SelectMany((hub, i) => Elsewhere(own, asking, nodes[i], hub).Select(home => (home, i)))
            .ToLookup(each => each.home, each => each.i);
        await Task.WhenAll(elsewhere.Select(async named =>
        {
            var home = named.Key;
            var answers = await asking.OfForeign(home, () => AskHome(home, asking, [.. named.Select(i => nodes[i])]), []);
            lock (parts)
                foreach (var (i, answer) in named.Zip(answers)) parts[i].Add(answer.Part);
        }));
        return parts.Select(of => Correlation.Merge(of));
    }

    private static IEnumerable<Home> Elsewhere(Home own, Asking asking, in Observable node, DisclosedCorrelation atHub) =>
        AssetJoins.Types.Contains(node.Type)
            ? asking.ForeignHomes(own)
            : atHub.FullElsewhere.Where(code => code != own.Code).Select(code => new Home(code));

    private async Task<ImmutableArray<DisclosedCorrelation>> AskHome(Home home, Asking asking, Observable[] nodes)
    {
        var answers = await grid.Inquiry(home).Correlate(asking.Question, [.. nodes]);
        foreach (var answer in answers) asking.Decided(answer.PolicyVersion);
        return answers;
    }
}
