using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>A caller's whole view of an indicator, decided under one policy version.</summary>
/// <param name="View">The view; empty when nothing is visible.</param>
/// <param name="PolicyVersion">The version that decided every part of it.</param>
internal sealed record WholeView(IndicatorView View, int PolicyVersion);

/// <summary>
/// Puts a view together out of the hub's part, that of the caller's own home, and those of the homes that hold
/// something in full. Which homes are asked is a function of the hub's answer, which is disclosed to the caller;
/// nothing else is.
/// </summary>
internal sealed class IndicatorQuestion(IGrid grid, IJurisdictionStatus status, TimeProvider time)
{
    /// <summary>Asks until all parts were decided under one policy version.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the parts never agreed.</exception>
    /// <exception cref="GridUnavailableException">A home that must answer cannot.</exception>
    public Task<WholeView> Ask(Caller caller, Observable observable) => OnePolicy.Answer(time, async versions =>
    {
        var parts = await AskOnce(caller, observable);
        foreach (var part in parts) versions.Add(part.PolicyVersion);
        return new WholeView(IndicatorView.Merge(parts.Select(part => part.View)), parts[0].PolicyVersion);
    });

    private async Task<List<DisclosedIndicator>> AskOnce(Caller caller, Observable observable)
    {
        var hub = AskHome(Home.Hub, caller, observable);
        var own = AskHome(caller.Home, caller, observable);
        await Task.WhenAll(hub, own);
        List<DisclosedIndicator> parts = [await hub, await own];
        var elsewhere = (await hub).FullElsewhere.Where(code => code != caller.Home.Code)
            .Select(code => AskForeign(new(code), caller, observable));
        parts.AddRange((await Task.WhenAll(elsewhere)).OfType<DisclosedIndicator>());
        return parts;
    }

    // A jurisdiction without any silo is named as out in the answer; one that is there and fails, fails the answer.
    private async Task<DisclosedIndicator?> AskForeign(Home home, Caller caller, Observable observable)
    {
        try
        {
            return await AskHome(home, caller, observable);
        }
        catch (Exception failure) when (GridErrors.IsUnavailable(failure) && status.Unreachable.Contains(home.Code))
        {
            return null;
        }
    }

    private async Task<DisclosedIndicator> AskHome(Home home, Caller caller, Observable observable) =>
        await grid.Inquiry(home).Indicator(caller.Token, observable);
}
