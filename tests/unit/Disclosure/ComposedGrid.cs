using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Evidence;
using M = CrossBorderSoc.Tests.Model;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// A world of the model in the product's pure parts, as the grid composes them: per jurisdiction what was accepted
/// there, at
/// the hub what was released, and an answer out of the caller's home, the hub and the homes that the hub names.
/// </summary>
internal sealed class ComposedGrid
{
    // Few, so that most answers take several pages.
    private const int PagesOf = 2;

    private readonly Dictionary<(string Home, Observable Observable), Compartmented<IndicatorTally>> _homes = [];
    private readonly Dictionary<Observable, Compartmented<IndicatorTally>> _hub = [];
    private readonly Dictionary<(string Owner, string Asset), Compartmented<AssetTally>> _assets = [];
    private readonly List<(Compartment Compartment, Sighting Sighting)> _evidence = [];
    private readonly Dictionary<string, string> _homeOf = [];

    public ComposedGrid(M.World world)
    {
        (History, var numberOf) = world.Versions.ToProduct();
        foreach (var organisation in world.Versions.SelectMany(version => version.Organisations))
            _homeOf[organisation.Id] = organisation.Jurisdiction;
        foreach (var sighting in world.Sightings.Where(each => !each.Withdrawn))
            Accept(
                sighting.Owner, world.JurisdictionOf(sighting), numberOf[sighting.PolicyVersion], sighting.ToProduct());
    }

    public PolicyHistory History { get; }

    /// <summary>Every accepted sighting with its compartment.</summary>
    public IReadOnlyList<(Compartment Compartment, Sighting Sighting)> Accepted => _evidence;

    /// <summary>An indicator's view, composed; and the jurisdictions that the hub named.</summary>
    public (IndicatorView View, IReadOnlyList<string> Asked) Indicator(
        Observable observable, Clearance clearance, long at)
    {
        var own = _homeOf.GetValueOrDefault(clearance.Caller.OrganisationId, "LU");
        var atHub = _hub.GetValueOrDefault(observable, new())
            .DiscloseIndicator(clearance, observable.Type, at, Reading.AtHub(own));
        var parts = atHub.FullElsewhere.Select(home => (Home: home, Reading: Reading.ForeignAtHome))
            .Append((Home: own, Reading: Reading.DomesticAtHome))
            .Select(part => _homes.GetValueOrDefault((part.Home, observable), new())
                .DiscloseIndicator(clearance, observable.Type, at, part.Reading).View);
        return (IndicatorView.Merge(parts.Append(atHub.View)), atHub.FullElsewhere);
    }

    /// <summary>What decides about incidents, composed.</summary>
    public Correlation Correlation(Observable observable, Clearance clearance, long at)
    {
        var own = _homeOf.GetValueOrDefault(clearance.Caller.OrganisationId, "LU");
        var atHub = _hub.GetValueOrDefault(observable, new())
            .DiscloseCorrelation(clearance, observable.Type, at, Reading.AtHub(own));
        var parts = atHub.FullElsewhere.Select(home => (Home: home, Reading: Reading.ForeignAtHome))
            .Append((Home: own, Reading: Reading.DomesticAtHome))
            .Select(part => _homes.GetValueOrDefault((part.Home, observable), new())
                .DiscloseCorrelation(clearance, observable.Type, at, part.Reading).Part);
        return CrossBorderSoc.Contracts.Views.Correlation.Merge(parts.Append(atHub.Part));
    }

    /// <summary>The incident around an observable, or null.</summary>
    public Incident? Incident(
        Observable observable, Clearance clearance, long at, Func<Observable, bool>? isOnWarninglist = null) =>
        new IncidentWalk(new(at, isOnWarninglist ?? (_ => false)), nodes => Task.FromResult<IReadOnlyList<Correlation>>(
            [.. nodes.Select(node => Correlation(node, clearance, at))])).From(observable).GetAwaiter().GetResult();

    /// <summary>An asset's view.</summary>
    public AssetView Asset(string owner, string asset, Clearance clearance, long at) =>
        _assets.GetValueOrDefault((owner, asset), new()).DiscloseAsset(clearance, at);

    /// <summary>
    /// The first sightings of an observable, each in its form: chosen page by page by each home, and merged.
    /// </summary>
    public IReadOnlyList<DisclosedSighting> Evidence(
        Observable observable, Clearance clearance, long at, int limit = int.MaxValue)
    {
        var visible = _evidence.Where(each => each.Sighting.Observables.Contains(observable))
            .Select(each => SightingDisclosure.Apply(each.Sighting, observable.Type, each.Compartment, clearance, at))
            .OfType<DisclosedSighting>().ToLookup(each => each.Jurisdiction);
        var merge = new EvidenceMerge((home, after, count) => Task.FromResult(
            Page([.. visible[home.Code]], after, Math.Min(count, PagesOf))));
        return merge.First(visible.Select(each => new Home(each.Key)), limit).ToBlockingEnumerable().ToList();
    }

    private static EvidencePage Page(IReadOnlyList<DisclosedSighting> all, EvidencePlace? after, int count)
    {
        var selection = new EvidenceSelection(after, Math.Max(count, all.Count / 8), int.MaxValue);
        foreach (var one in all.Where(one => selection.CouldTake(one.LastSeen))) selection.Offer(one);
        var (sightings, next) = selection.Take();
        return new(sightings, next, 1);
    }

    private void Accept(string owner, string jurisdiction, int number, Sighting sighting)
    {
        var types = sighting.Observables.Aggregate(default(ObservableTypeSet), (set, each) => set.With(each.Type));
        var compartment = new Compartment(owner, jurisdiction, sighting.Marking, sighting.Kind, number, types);
        _evidence.Add((compartment, sighting));
        foreach (var observable in sighting.Observables)
            Of(_homes, (jurisdiction, observable)).Add(compartment, Whole(sighting, observable));
        if (sighting.Asset is { } asset)
            Of(_assets, (owner, asset.Id)).Add(compartment, Whole(sighting, subject: null));
        var released = Audience.Released(compartment, History);
        foreach (var observable in sighting.Observables.Where(each => released.Contains(each.Type)))
            Of(_hub, observable).Add(compartment, Released(sighting, observable, released));
    }

    private static Statement Whole(Sighting sighting, Observable? subject) => new()
    {
        Count = sighting.Count,
        FirstSeen = sighting.FirstSeen,
        LastSeen = sighting.LastSeen,
        Neighbours = sighting.Observables.Where(each => each != subject).ToArray(),
        Techniques = sighting.Techniques.AsSpan(),
        AssetId = subject is null ? null : sighting.Asset?.Id,
        Asset = subject is null ? sighting.Asset : null,
    };

    private static Statement Released(Sighting sighting, Observable subject, ObservableTypeSet released) => new()
    {
        Count = sighting.Count,
        FirstSeen = Hours.Floor(sighting.FirstSeen),
        LastSeen = Hours.Floor(sighting.LastSeen),
        Neighbours = sighting.Observables.Where(each => each != subject && released.Contains(each.Type)).ToArray(),
        Techniques = sighting.Techniques.AsSpan(),
    };

    private static T Of<TKey, T>(Dictionary<TKey, T> all, TKey key) where TKey : notnull where T : new()
    {
        if (!all.TryGetValue(key, out var one)) all[key] = one = new();
        return one;
    }
}
