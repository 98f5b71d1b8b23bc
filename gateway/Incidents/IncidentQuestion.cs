using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Identity;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>
/// Walks a caller's incident over the homes of the grid: of each level the hub's parts and those of the caller's own home, then
/// those of the homes that the hub's answer names. Full detail passes through this gateway only.
/// </summary>
internal sealed class IncidentQuestion(IGrid grid, IJurisdictionStatus status, TimeProvider time)
{
    /// <summary>The caller's incident around a node, decided under one policy version; null when the node is not core.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="node">The observable.</param>
    /// <param name="at">The instant of the question, in the grid's time; Unix milliseconds UTC.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the parts never agreed on a policy version.</exception>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public Task<Incident?> Ask(Caller caller, Observable node, long at) => OnePolicy.Answer(time, async versions =>
    {
        var walk = new IncidentWalk(new(at, static _ => false), nodes => Ask(caller, nodes, versions));
        return await walk.From(node);
    });

    private async Task<IReadOnlyList<Correlation>> Ask(Caller caller, IReadOnlyList<Observable> nodes, PolicyVersions versions)
    {
        var seen = new List<Correlation>(nodes.Count);
        foreach (var some in nodes.Chunk(IInquiry.ObservablesPerCallMax)) seen.AddRange(await AskSome(caller, some, versions));
        return seen;
    }

    private async Task<IEnumerable<Correlation>> AskSome(Caller caller, Observable[] nodes, PolicyVersions versions)
    {
        var atHub = AskHome(Home.Hub, caller, nodes, versions);
        var atOwn = AskHome(caller.Home, caller, nodes, versions);
        var parts = (await atHub).Zip(await atOwn, (hub, own) => new List<Correlation> { hub.Part, own.Part }).ToArray();
        var elsewhere = (await atHub).SelectMany((hub, i) => hub.FullElsewhere.Select(code => (code, i)))
            .Where(each => each.code != caller.Home.Code).ToLookup(each => each.code, each => each.i, StringComparer.Ordinal);
        await Task.WhenAll(elsewhere.Select(async home =>
        {
            var answers = await AskForeign(new(home.Key), caller, [.. home.Select(i => nodes[i])], versions);
            lock (parts)
                foreach (var (i, answer) in home.Zip(answers)) parts[i].Add(answer.Part);
        }));
        return parts.Select(of => Correlation.Merge(of));
    }

    // A jurisdiction without any silo is named as out in the answer; one that is there and fails, fails the answer.
    private async Task<ImmutableArray<DisclosedCorrelation>> AskForeign(
        Home home, Caller caller, Observable[] nodes, PolicyVersions versions)
    {
        try
        {
            return await AskHome(home, caller, nodes, versions);
        }
        catch (Exception failure) when (Errors.GridErrors.IsUnavailable(failure) && status.Unreachable.Contains(home.Code))
        {
            return [];
        }
    }

    private async Task<ImmutableArray<DisclosedCorrelation>> AskHome(
        Home home, Caller caller, Observable[] nodes, PolicyVersions versions)
    {
        var answers = await grid.Inquiry(home).Correlate(caller.Token, [.. nodes]);
        foreach (var answer in answers) versions.Add(answer.PolicyVersion);
        return answers;
    }
}
