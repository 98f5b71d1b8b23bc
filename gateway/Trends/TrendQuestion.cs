using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Identity;

namespace CrossBorderSoc.Gateway.Trends;

/// <summary>
/// Puts a trend together. Of a technique as an indicator's view: the hub, the caller's own home, and those homes that the hub's answer
/// names. Of a sector every home is asked, always, as of what assets join: assets are known at home only, and the hub must not know who has one.
/// </summary>
internal sealed class TrendQuestion(IGrid grid, OneAnswer one)
{
    /// <summary>The caller's view; empty when nothing is visible.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the parts never agreed.</exception>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public Task<Answer<TrendView>> Ask(Caller caller, TrendName name) => one.AskOrOwn(caller, asking =>
        name.Kind == TrendKind.Technique ? AskTechnique(caller, name, asking) : AskSector(caller, name, asking));

    private async Task<TrendView> AskTechnique(Caller caller, TrendName name, Asking asking)
    {
        var hub = asking.OfHub(() => AskHome(Home.Hub, name, asking), new(TrendView.Empty, [], 0));
        var own = AskHome(caller.Home, name, asking);
        await Task.WhenAll(hub, own);
        var elsewhere = (await hub).FullElsewhere.Where(code => code != caller.Home.Code).Select(code => new Home(code));
        return TrendView.Merge([(await hub).View, (await own).View, .. await AskEach(elsewhere, name, asking)]);
    }

    private async Task<TrendView> AskSector(Caller caller, TrendName name, Asking asking)
    {
        var own = AskHome(caller.Home, name, asking);
        var others = AskEach(asking.ForeignHomes(caller.Home), name, asking);
        await Task.WhenAll(own, others);
        return TrendView.Merge([(await own).View, .. await others]);
    }

    private Task<TrendView[]> AskEach(IEnumerable<Home> homes, TrendName name, Asking asking) => Task.WhenAll(homes.Select(
        home => asking.OfForeign(home, async () => (await AskHome(home, name, asking)).View, TrendView.Empty)));

    private async Task<DisclosedTrend> AskHome(Home home, TrendName name, Asking asking)
    {
        var part = await grid.Inquiry(home).Trend(asking.Question, name);
        asking.Decided(part.PolicyVersion);
        return part;
    }
}
