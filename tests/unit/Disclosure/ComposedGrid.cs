using System.Runtime.InteropServices;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Containment;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Evidence;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Trends;
using M = CrossBorderSoc.Tests.Model;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// A world of the model in the product's pure parts, as the grid composes them: taken in by the product's write side, folded by
/// its actors' folds, and answered out of the caller's home, the hub and the homes that the hub names.
/// </summary>
internal sealed class ComposedGrid
{
    // Few, so that most answers take several pages, and a page several reads; of a crowded world a handful of pages.
    private const int SightingsPerPage = 2;
    private const int RowsPerTurn = 3;

    private readonly Dictionary<string, string> _homeOf = [];
    private readonly Dictionary<(Home Home, SubjectFamily Family, Observable Observable), SubjectFold<IndicatorTally>> _indicators = [];
    private readonly Dictionary<(string Owner, string Asset), SubjectFold<AssetTally>> _assets = [];
    private readonly Dictionary<(Home Home, TrendName Name), SubjectFold<TrendTally>> _trends = [];
    private readonly TakenIn _taken;

    /// <param name="world">The world.</param>
    /// <param name="releasesAtOnce">Whether each batch is released under the policy of its acceptance.</param>
    /// <param name="later">The world to go on to.</param>
    public ComposedGrid(M.World world, bool releasesAtOnce = false, M.World? later = null)
    {
        var policies = world.Versions.ToProduct();
        History = policies[^1];
        foreach (var organisation in world.Versions.SelectMany(version => version.Organisations))
            _homeOf[organisation.Id] = organisation.Jurisdiction;
        var homes = (later ?? world).Versions.SelectMany(version => version.Organisations).Select(each => each.Jurisdiction)
            .Append(HomeOfStrangers).Distinct().Select(code => new Home(code));
        _taken = new(world, homes, policies, releasesAtOnce);
    }

    public PolicyHistory History { get; private set; }

    public IGridStore Stores => _taken.Stores;

    public CompartmentCache Compartments => _taken.Compartments;

    // Where one asks who never was of the consortium.
    private const string HomeOfStrangers = "LU";

    /// <summary>Goes on to a later world: what it holds beyond is taken in, under its policy; and released at once or all together.</summary>
    public void GoOn(M.World later, bool releasesAtOnce = false)
    {
        var policies = later.Versions.ToProduct();
        History = policies[^1];
        foreach (var organisation in later.Versions.SelectMany(version => version.Organisations))
            _homeOf[organisation.Id] = organisation.Jurisdiction;
        _taken.Take(later, policies, releasesAtOnce);
    }

    /// <summary>A home's ledger goes back to a position, and the hub follows; gives what is gone.</summary>
    public IReadOnlySet<Guid> GoBack(Home home, long survivor) => _taken.GoBack(home, survivor, History);

    /// <summary>The compartment of an accepted sighting.</summary>
    public Compartment CompartmentOf(M.Sightings.Sighting sighting) => _taken.CompartmentOf(sighting);

    /// <summary>Every actor goes; the next question finds it anew in rows and snapshots.</summary>
    public void ActorsGo()
    {
        _indicators.Clear();
        _assets.Clear();
        _trends.Clear();
    }

    /// <summary>An indicator's view, composed; and the jurisdictions that the hub named.</summary>
    public (IndicatorView View, IReadOnlyList<string> Asked) Indicator(
        Observable observable, Clearance clearance, long at)
    {
        var own = HomeOf(clearance);
        var atHub = Knowledge(Home.Hub, observable)
            .DiscloseIndicator(clearance, observable.Type, at, Reading.AtHub(own.Code));
        var parts = Parts(observable, own, atHub.FullElsewhere)
            .Select(part => Knowledge(part.Home, observable)
                .DiscloseIndicator(clearance, observable.Type, at, part.Reading).View);
        var joined = Joined(observable).Select(home => home.DiscloseJoined(clearance, at));
        return (IndicatorView.Merge([.. parts, .. joined, atHub.View]), atHub.FullElsewhere);
    }

    /// <summary>The summary of an indicator's view, composed: what lists and watches tell.</summary>
    public IndicatorView Summary(Observable observable, Clearance clearance, long at)
    {
        var own = HomeOf(clearance);
        var atHub = Knowledge(Home.Hub, observable).DiscloseSummary(clearance, observable.Type, at, Reading.AtHub(own.Code));
        var parts = Parts(observable, own, atHub.FullElsewhere).Select(
            part => Knowledge(part.Home, observable).DiscloseSummary(clearance, observable.Type, at, part.Reading).View);
        var joined = Joined(observable).Select(home => home.DiscloseJoined(clearance, at, isSummary: true));
        return IndicatorView.Merge([.. parts, .. joined, atHub.View]);
    }

    /// <summary>What decides about incidents, composed.</summary>
    public Correlation Correlation(Observable observable, Clearance clearance, long at)
    {
        var own = HomeOf(clearance);
        var atHub = Knowledge(Home.Hub, observable)
            .DiscloseCorrelation(clearance, observable.Type, at, Reading.AtHub(own.Code));
        var parts = Parts(observable, own, atHub.FullElsewhere)
            .Select(part => Knowledge(part.Home, observable)
                .DiscloseCorrelation(clearance, observable.Type, at, part.Reading).Part);
        var joined = Joined(observable).Select(home => home.DiscloseJoinedCorrelation(clearance, at));
        return CrossBorderSoc.Contracts.Views.Correlation.Merge([.. parts, .. joined, atHub.Part]);
    }

    /// <summary>What the hub and the caller's own home tell of when states saw an observable.</summary>
    public IEnumerable<JurisdictionActivity> NearActivity(Observable observable, Clearance clearance, long at)
    {
        var own = HomeOf(clearance);
        DisclosedCorrelation[] near =
        [
            Knowledge(Home.Hub, observable).DiscloseCorrelation(clearance, observable.Type, at, Reading.AtHub(own.Code)),
            Knowledge(own, observable).DiscloseCorrelation(clearance, observable.Type, at, Reading.DomesticAtHome),
        ];
        var joined = AssetJoins.Types.Contains(observable.Type)
            ? Knowledge(own, observable, SubjectFamily.Joined).DiscloseJoinedCorrelation(clearance, at).Activity : [];
        return near.SelectMany(part => part.Part.Activity.Concat(part.SeenInFull)).Concat(joined);
    }

    /// <summary>The incident around an observable, or null.</summary>
    public Incident? Incident(
        Observable observable, Clearance clearance, long at, Func<Observable, bool>? isOnWarninglist = null) =>
        new IncidentWalk(new(at, isOnWarninglist ?? (_ => false)), nodes => Task.FromResult<IReadOnlyList<Correlation>>(
            [.. nodes.Select(node => Correlation(node, clearance, at))])).From(observable).GetAwaiter().GetResult();

    /// <summary>The containers of an observable that a caller sees: the hub and the own home know.</summary>
    public IReadOnlyList<Observable> Containers(Observable observable, Clearance clearance, long at)
    {
        var own = HomeOf(clearance);
        return
        [
            .. CrossBorderSoc.Gateway.Containment.Containers.Of(observable, PublicSuffixes.Shipped).Where(container =>
                IsPresent(Home.Hub, container, Reading.AtHub(own.Code)) || IsPresent(own, container, Reading.DomesticAtHome)),
        ];

        bool IsPresent(Home home, in Observable container, Reading reading) =>
            Knowledge(home, container).DisclosePresence(clearance, container.Type, at, reading).IsVisible;
    }

    /// <summary>An asset's view; of an owner that nobody knows, an empty one.</summary>
    public AssetView Asset(string owner, string asset, Clearance clearance, long at)
    {
        if (!_homeOf.TryGetValue(owner, out var home)) return new Compartmented<AssetTally>().DiscloseAsset(clearance, at);
        ref var fold = ref CollectionsMarshal.GetValueRefOrAddDefault(_assets, (owner, asset), out _);
        fold ??= new(_taken.Stores[new(home)], SubjectFamily.Asset, Digest.OfAsset(owner, asset), _taken.Compartments);
        return Done(fold.Refresh(CancellationToken.None)).DiscloseAsset(clearance, at);
    }

    /// <summary>A trend, composed: of a technique as an indicator, of a sector out of every jurisdiction.</summary>
    public TrendView Trend(TrendName name, Clearance clearance, long at)
    {
        var own = HomeOf(clearance);
        if (name.Kind == TrendKind.Sector)
            return TrendView.Merge(_taken.Stores.Homes.Where(home => !home.IsHub).Select(home => PartOf(home).View));
        var atHub = PartOf(Home.Hub);
        return TrendView.Merge([atHub.View, PartOf(own).View, .. atHub.FullElsewhere.Select(code => PartOf(new(code)).View)]);

        DisclosedTrend PartOf(Home home)
        {
            ref var fold = ref CollectionsMarshal.GetValueRefOrAddDefault(_trends, (home, name), out _);
            fold ??= new(_taken.Stores[home], TrendFragments.FamilyOf(name.Kind), Digest.Of(name), _taken.Compartments);
            return Done(fold.Refresh(CancellationToken.None))
                .DiscloseTrend(clearance, at, Reading.OfTrend(name.Kind, home, own));
        }
    }

    /// <summary>
    /// The first sightings of an observable, each in its form: chosen page by page by each home that the caller's view names, and
    /// merged.
    /// </summary>
    public IReadOnlyList<DisclosedSighting> Evidence(
        Observable observable, Clearance clearance, long at, int limit = int.MaxValue)
    {
        var asker = new Asker(HomeOf(clearance), clearance, History.Number, at);
        var homes = Indicator(observable, clearance, at).View.TalliesByJurisdiction.Select(tally => tally.Jurisdiction)
            .Append(asker.Home.Code).Distinct().Select(code => new Home(code));
        var merge = new EvidenceMerge((home, after, count) =>
            Task.FromResult(EvidencePage(_taken.Stores[home], observable, asker, after, count)));
        return merge.First(homes, limit).ToBlockingEnumerable().ToList();
    }

    // As the product's reader, but for the turns that questions take beside each other.
    private EvidencePage EvidencePage(IHomeStore store, Observable observable, Asker asker, EvidencePlace? after, int count)
    {
        var most = Math.Min(count, Math.Max(SightingsPerPage, (int)store.Head / 2));
        var selection = new EvidenceSelection(after, most, Bounds.EvidencePageBytesMax);
        var rows = new EvidenceRows(store, _taken.Compartments, observable, asker);
        while (Done(rows.OfferNext(selection, RowsPerTurn))) { }
        var (sightings, next) = selection.Take();
        return new(sightings, next, asker.PolicyVersion);
    }

    /// <summary>The home of a caller.</summary>
    public Home HomeOf(Clearance clearance) => new(_homeOf.GetValueOrDefault(clearance.Caller.OrganisationId, HomeOfStrangers));

    /// <summary>The homes of jurisdictions: of what assets join, all of them are asked.</summary>
    public IEnumerable<Home> Homes => _taken.Stores.Homes.Where(home => !home.IsHub);

    private IEnumerable<(Home Home, Reading Reading)> Parts(Observable observable, Home own, IEnumerable<string> elsewhere) =>
        (AssetJoins.Types.Contains(observable.Type) ? Homes.Where(home => home != own) : elsewhere.Select(code => new Home(code)))
            .Select(home => (Home: home, Reading: Reading.ForeignAtHome)).Append((Home: own, Reading: Reading.DomesticAtHome));

    private IEnumerable<Compartmented<IndicatorTally>> Joined(Observable observable) => AssetJoins.Types.Contains(observable.Type)
        ? Homes.Select(home => Knowledge(home, observable, SubjectFamily.Joined)) : [];

    private Compartmented<IndicatorTally> Knowledge(
        Home home, Observable observable, SubjectFamily family = SubjectFamily.Indicator)
    {
        ref var fold = ref CollectionsMarshal.GetValueRefOrAddDefault(_indicators, (home, family, observable), out _);
        fold ??= new(_taken.Stores[home], family, Digest.Of(observable), _taken.Compartments);
        return Done(fold.Refresh(CancellationToken.None));
    }

    private static T Done<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
