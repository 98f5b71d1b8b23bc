using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Identity;

namespace CrossBorderSoc.Gateway.Trends;

/// <summary>
/// Puts a trend together. Of a technique as an indicator's view: the hub, the caller's own home, and those homes that the hub's answer
/// names. Of a sector every jurisdiction is asked, always: assets are known at home only, and the hub must not know who has one.
/// </summary>
internal sealed class TrendQuestion(IGrid grid, OneAnswer one, IPolicyReplica policy)
{
    /// <summary>The caller's view; empty when nothing is visible.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the parts never agreed.</exception>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public Task<Answer<TrendView>> Ask(Caller caller, TrendName name) => one.Ask(caller, asking =>
        name.Kind == TrendKind.Technique ? AskTechnique(caller, name, asking) : AskSector(caller, name, asking));

    /// <summary>The jurisdictions of everybody who ever took part, and the caller's own. Known to every member.</summary>
    internal static IEnumerable<string> JurisdictionsOf(PolicyHistory? history, string own) =>
        (history?.Versions ?? []).SelectMany(version => version.Organisations).Select(organisation => organisation.Jurisdiction)
            .Append(own).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private async Task<TrendView> AskTechnique(Caller caller, TrendName name, Asking asking)
    {
        var hub = AskHome(Home.Hub, name, asking);
        var own = AskHome(caller.Home, name, asking);
        await Task.WhenAll(hub, own);
        var elsewhere = (await hub).FullElsewhere.Where(code => code != caller.Home.Code);
        return TrendView.Merge([(await hub).View, (await own).View, .. await AskEach(elsewhere, name, asking)]);
    }

    private async Task<TrendView> AskSector(Caller caller, TrendName name, Asking asking)
    {
        var own = AskHome(caller.Home, name, asking);
        var others = AskEach(
            JurisdictionsOf(policy.LastKnown, caller.Home.Code).Where(code => code != caller.Home.Code), name, asking);
        await Task.WhenAll(own, others);
        return TrendView.Merge([(await own).View, .. await others]);
    }

    private Task<TrendView[]> AskEach(IEnumerable<string> jurisdictions, TrendName name, Asking asking) =>
        Task.WhenAll(jurisdictions.Select(code => asking.OfForeign(
            new(code), async () => (await AskHome(new(code), name, asking)).View, TrendView.Empty)));

    private async Task<DisclosedTrend> AskHome(Home home, TrendName name, Asking asking)
    {
        var part = await grid.Inquiry(home).Trend(asking.Question, name);
        asking.Decided(part.PolicyVersion);
        return part;
    }
}
