using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Identity;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>
/// Puts a view together out of the hub's part, that of the caller's own home, and those of the homes that hold
/// something in full. Which homes are asked is a function of the hub's answer, which is disclosed to the caller, and
/// of the type: of what assets join, which the hub does not know, all homes are asked (decision 0014).
/// </summary>
internal sealed class IndicatorQuestion(IGrid grid, OneAnswer one)
{
    /// <summary>The caller's view; empty when nothing is visible.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the parts never agreed.</exception>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public Task<Answer<IndicatorView>> Ask(Caller caller, Observable observable) =>
        one.AskOrOwn(caller, asking => Ask(caller, observable, asking));

    /// <summary>The caller's view without markings, neighbours, assets and files: what lists and watches tell.</summary>
    /// <inheritdoc cref="Ask(Caller, Observable)"/>
    public Task<Answer<IndicatorView>> AskSummary(Caller caller, Observable observable) =>
        one.Ask(caller, asking => Ask(caller, observable, asking, isSummary: true));

    /// <summary>The caller's view as a part of an answer.</summary>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public async Task<IndicatorView> Ask(Caller caller, Observable observable, Asking asking, bool isSummary = false)
    {
        var hub = asking.OfHub(() => AskHome(Home.Hub), DisclosedIndicator.Nothing);
        var own = AskHome(caller.Home);
        await Task.WhenAll(hub, own);
        var homes = AssetJoins.Types.Contains(observable.Type)
            ? asking.ForeignHomes(caller.Home)
            : (await hub).FullElsewhere.Where(code => code != caller.Home.Code).Select(code => new Home(code));
        var elsewhere = homes.Select(home => asking.OfForeign(home, async () => (await AskHome(home)).View, IndicatorView.Empty));
        return IndicatorView.Merge([(await hub).View, (await own).View, .. await Task.WhenAll(elsewhere)]);

        async Task<DisclosedIndicator> AskHome(Home home)
        {
            var inquiry = grid.Inquiry(home);
            var part = isSummary
                ? await inquiry.Summary(asking.Question, observable) : await inquiry.Indicator(asking.Question, observable);
            asking.Decided(part.PolicyVersion);
            return part;
        }
    }
}
