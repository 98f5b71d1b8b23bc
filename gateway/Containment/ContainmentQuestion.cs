using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Identity;

namespace CrossBorderSoc.Gateway.Containment;

/// <summary>
/// Asks which containers of an observable a caller sees. The hub and the caller's own home know: what is to be had in full elsewhere,
/// the hub points to. What is asked is a function of the value alone.
/// </summary>
internal sealed class ContainmentQuestion(IGrid grid, PublicSuffixes suffixes)
{
    /// <summary>The visible ones, the most specific first.</summary>
    /// <exception cref="GridUnavailableException">A home cannot answer.</exception>
    public async Task<ImmutableArray<Observable>> Ask(Caller caller, Observable observable, Asking asking)
    {
        var candidates = Containers.Of(observable, suffixes);
        if (candidates.IsEmpty) return [];
        var atHub = asking.OfHub(() => AskHome(Home.Hub, asking, candidates), [.. candidates.Select(_ => new DisclosedPresence(false, 0))]);
        var atOwn = AskHome(caller.Home, asking, candidates);
        await Task.WhenAll(atHub, atOwn);
        return
        [
            .. (await atHub).Zip(await atOwn, candidates).Where(each => each.First.IsVisible || each.Second.IsVisible)
                .Select(each => each.Third),
        ];
    }

    private async Task<ImmutableArray<DisclosedPresence>> AskHome(
        Home home, Asking asking, ImmutableArray<Observable> candidates)
    {
        var answers = await grid.Inquiry(home).Presence(asking.Question, candidates);
        foreach (var answer in answers) asking.Decided(answer.PolicyVersion);
        return answers;
    }
}
