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
    /// <param name="wasHub">Whether the node is known to have been a hub before.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the parts never agreed.</exception>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public Task<Answer<Surroundings>> AskAround(Caller caller, Changed change, IEnumerable<long> since, bool wasHub) => one.Ask(
        caller, asking => Surroundings.Of(
            change, [.. since.Select(RulesAt)], RulesAt(asking.Question.At), nodes => AskLevel(caller.Home, asking, nodes), wasHub));

    /// <summary>Those of some nodes whose part in the caller's incidents time alone may have changed since an instant.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="isListed">Whether when states saw a node says that it is to be looked at. Only then other homes are asked, of which one
    /// that is out makes the answer incomplete: that must not depend on what else was looked at.</param>
    /// <param name="since">The instants to compare with (Unix milliseconds UTC).</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the parts never agreed.</exception>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public Task<Answer<ImmutableArray<Observable>>> AskAged(
        Caller caller, IReadOnlyList<Observable> nodes, Func<IEnumerable<JurisdictionActivity>, bool> isListed, IEnumerable<long> since) =>
        one.Ask(caller, async asking =>
        {
            var now = RulesAt(asking.Question.At);
            var before = since.Select(RulesAt).ToList();
            var aged = ImmutableArray.CreateBuilder<Observable>();
            foreach (var some in nodes.Chunk(IInquiry.ObservablesPerCallMax))
            {
                NearParts[] listed = [.. (await AskNear(caller.Home, asking, some)).Where(near => isListed(near.Activity))];
                var seen = await AskElsewhere(caller.Home, asking, listed);
                aged.AddRange(listed.Select(near => near.Node).Zip(seen)
                    .Where(each => before.Exists(then => Ageing.MayTell(each.First, each.Second, then, now))).Select(each => each.First));
            }
            return aged.ToImmutable();
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
        foreach (var some in nodes.Chunk(IInquiry.ObservablesPerCallMax))
            seen.AddRange(await AskElsewhere(own, asking, await AskNear(own, asking, some)));
        return seen;
    }

    private async Task<NearParts[]> AskNear(Home own, Asking asking, Observable[] nodes)
    {
        var atHub = AskHome(Home.Hub, asking, nodes);
        var atOwn = AskHome(own, asking, nodes);
        await Task.WhenAll(atHub, atOwn);
        return [.. nodes.Zip(await atHub, await atOwn).Select(each => new NearParts(each.First, each.Second, each.Third))];
    }

    private async Task<IEnumerable<Correlation>> AskElsewhere(Home own, Asking asking, NearParts[] near)
    {
        var parts = Array.ConvertAll(near, each => new List<Correlation> { each.Hub.Part, each.Own.Part });
        var elsewhere = near.SelectMany((each, i) => Elsewhere(own, asking, each.Node, each.Hub).Select(home => (home, i)))
            .ToLookup(each => each.home, each => each.i);
        await Task.WhenAll(elsewhere.Select(async named =>
        {
            var home = named.Key;
            var answers = await asking.OfForeign(home, () => AskHome(home, asking, [.. named.Select(i => near[i].Node)]), []);
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

    // What the hub and the caller's own home answer of a node.
    private sealed record NearParts(Observable Node, DisclosedCorrelation Hub, DisclosedCorrelation Own)
    {
        public IEnumerable<JurisdictionActivity> Activity =>
            Hub.Part.Activity.Concat(Own.Part.Activity).Concat(Hub.SeenInFull).Concat(Own.SeenInFull);
    }
}
