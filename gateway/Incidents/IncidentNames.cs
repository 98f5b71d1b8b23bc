using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Identity;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>
/// Gives incidents their identifiers and finds them by these (decision 0006). Only the hub can name; of which observable a name is stands
/// only where the observable may stand, and is found only where something of it is shown to who asks.
/// </summary>
internal sealed class IncidentNames(IGrid grid, OneAnswer one)
{
    /// <summary>The identifier of the incident that an observable of a caller's view names. The caller finds it by that from then on.</summary>
    /// <exception cref="Contracts.Actors.GridUnavailableException">A home that must answer cannot.</exception>
    public async Task<string> Name(Caller caller, Observable node) => (await one.Ask(caller, async asking =>
    {
        var name = await grid.Inquiry(Home.Hub).NameIncident(asking.Question, node);
        if (name.IsKept || await KeepAt(caller.Home) || !AssetJoins.Types.Contains(node.Type)) return name.Id;
        // What only assets of others join: their homes know it.
        await Task.WhenAll(asking.ForeignHomes(caller.Home).Select(home => asking.OfForeign(home, () => KeepAt(home), without: false)));
        return name.Id;

        Task<bool> KeepAt(Home home) => grid.Inquiry(home).KeepIncident(asking.Question, name.Id, node).AsTask();
    })).View;

    /// <summary>Lets whoever sees what a caller opened by hand find it by its identifier; for each observable that the opening names.</summary>
    /// <exception cref="Contracts.Actors.GridUnavailableException">A home that must answer cannot.</exception>
    public Task Open(Caller caller, IEnumerable<Observable> nodes) => Task.WhenAll(nodes.Select(node => one.Ask(caller, async asking =>
    {
        var name = await grid.Inquiry(Home.Hub).NameIncident(asking.Question, node);
        return await grid.Inquiry(caller.Home).KeepIncident(asking.Question, name.Id, node);
    })));

    /// <summary>The observable whose incident has an identifier, if the caller sees anything of it; null where not.</summary>
    /// <exception cref="Contracts.Actors.GridUnavailableException">A home that must answer cannot.</exception>
    public Task<Answer<Observable?>> Find(Caller caller, string id) => one.Ask(caller, async asking =>
    {
        if (await FindAt(Home.Hub) is { } released) return released;
        if (await FindAt(caller.Home) is { } own) return own;
        var joined = await Task.WhenAll(asking.ForeignHomes(caller.Home)
            .Select(home => asking.OfForeign(home, () => FindAt(home), without: null)));
        return joined.FirstOrDefault(found => found is not null);

        Task<Observable?> FindAt(Home home) => grid.Inquiry(home).FindIncident(asking.Question, id).AsTask();
    });
}
