using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>
/// What has been disclosed so far of one subject: the mutable form of a view. Takes facts in the form disclosed only,
/// in any order, and makes the sorted, bounded view out of them.
/// </summary>
/// <param name="isSummary">Whether only tallies, techniques, sectors and hours are wanted.</param>
internal sealed class Gathering(bool isSummary = false)
{
    private readonly Dictionary<(string Jurisdiction, SightingKind Kind), Tally> _byJurisdiction = [];
    private readonly Dictionary<(string Source, bool IsOrganisation, string Jurisdiction, SightingKind Kind), Tally> _bySource = [];
    private readonly Dictionary<(string Jurisdiction, long Hour, SightingKind Kind), long> _histogram = [];
    private readonly HashSet<DisclosedMarking> _markings = [];
    private readonly Dictionary<string, long> _techniques = new(StringComparer.Ordinal);
    private readonly Dictionary<Observable, long> _neighbours = [];
    private readonly Dictionary<Observable, long> _positiveNeighbours = [];
    private readonly Dictionary<(string Owner, string Asset), long> _assets = [];
    private readonly Dictionary<string, long> _sectors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _positiveSectors = new(StringComparer.Ordinal);
    private readonly Dictionary<Observable, long> _sameFile = [];
    private readonly List<DisclosedSighting> _contributions = [];
    private bool _isCut;
    private (long LastSeen, AssetStatement Statement)? _details;

    /// <summary>Whether only tallies, techniques, sectors and hours are wanted: who discloses into it leaves the rest out.</summary>
    public bool IsSummary => isSummary;

    public void AddTally(string jurisdiction, string? owner, SightingKind kind, in Tally tally)
    {
        Add(_byJurisdiction, (jurisdiction, kind), tally);
        Add(_bySource, (owner ?? jurisdiction, owner is not null, jurisdiction, kind), tally);
    }

    public void AddHour(string jurisdiction, long hour, SightingKind kind, long count) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_histogram, (jurisdiction, hour, kind), out _) += count;

    public void AddMarking(DisclosedMarking marking) => _markings.Add(marking);

    public void AddTechnique(string text, long lastSeen) => Raise(_techniques, text, lastSeen);

    public void AddNeighbour(in Observable neighbour, SightingKind kind, long lastSeen)
    {
        Raise(_neighbours, neighbour, lastSeen);
        if (kind == SightingKind.Positive) Raise(_positiveNeighbours, neighbour, lastSeen);
    }

    public void AddSameFile(in Observable hash, long lastSeen) => Raise(_sameFile, hash, lastSeen);

    public void AddContribution(DisclosedSighting contribution) => _contributions.Add(contribution);

    public void AddAsset(string owner, string asset, long lastSeen) => Raise(_assets, (owner, asset), lastSeen);

    public void AddSector(string sector, SightingKind kind, long lastSeen)
    {
        Raise(_sectors, sector, lastSeen);
        if (kind == SightingKind.Positive) Raise(_positiveSectors, sector, lastSeen);
    }

    public void AddDetails(long lastSeen, AssetStatement statement)
    {
        if (_details is not { } held || AssetOrder.IsNewer(lastSeen, statement, held.LastSeen, held.Statement))
            _details = (lastSeen, statement);
    }

    public void Add(IndicatorView part)
    {
        foreach (var t in part.TalliesByJurisdiction) Add(_byJurisdiction, (t.Jurisdiction, t.Kind), t.Tally);
        foreach (var t in part.TalliesBySource) Add(_bySource, (t.Source, t.IsOrganisation, t.Jurisdiction, t.Kind), t.Tally);
        foreach (var h in part.Histogram) AddHour("", h.Hour, h.Kind, h.Count);
        foreach (var m in part.Markings) AddMarking(m);
        foreach (var t in part.Techniques) AddTechnique(t.Text, t.LastSeen);
        foreach (var list in part.Neighbours)
            foreach (var n in list.Newest) Raise(_neighbours, new(list.Type, n.Text), n.LastSeen);
        foreach (var a in part.Assets) AddAsset(a.Owner, a.Asset, a.LastSeen);
        foreach (var list in part.SameFile)
            foreach (var n in list.Newest) AddSameFile(new(list.Type, n.Text), n.LastSeen);
        foreach (var s in part.Sectors) Raise(_sectors, s.Text, s.LastSeen);
    }

    public void Add(Correlation part)
    {
        foreach (var activity in part.Activity)
        {
            Add(_byJurisdiction, (activity.Jurisdiction, SightingKind.Positive), new(0, activity.LastSeen, activity.LastSeen));
            foreach (var hour in activity.Hours) AddHour(activity.Jurisdiction, hour, SightingKind.Positive, 0);
        }
        foreach (var list in part.Neighbours)
            foreach (var n in list.Newest) Raise(_positiveNeighbours, new(list.Type, n.Text), n.LastSeen);
        foreach (var s in part.Sectors) Raise(_positiveSectors, s.Text, s.LastSeen);
        _contributions.AddRange(part.Contributions);
        _isCut |= part.IsCut;
    }

    public void Add(TrendView part)
    {
        foreach (var t in part.TalliesByJurisdiction) Add(_byJurisdiction, (t.Jurisdiction, t.Kind), t.Tally);
        foreach (var h in part.Histogram) AddHour("", h.Hour, h.Kind, h.Count);
    }

    public TrendView ToTrendView() => new(ByJurisdiction(), NewestHours());

    public IndicatorView ToIndicatorView() => new(
        ByJurisdiction(),
        [.. _bySource.Select(t => new SourceTally(t.Key.Source, t.Key.IsOrganisation, t.Key.Kind, t.Value, t.Key.Jurisdiction))
            .OrderBy(t => t.Source, StringComparer.Ordinal).ThenByDescending(t => t.IsOrganisation)
            .ThenBy(t => t.Jurisdiction, StringComparer.Ordinal).ThenBy(t => t.Kind)],
        NewestHours(), FirstMarkings(), Newest(_techniques, Bounds.TechniquesKeptMax), Newest(_neighbours),
        [.. _assets.Select(a => new SeenAsset(a.Key.Owner, a.Key.Asset, a.Value)).Order().Take(Bounds.AssetsKeptMax)],
        Newest(_sameFile), Newest(_sectors, Bounds.SectorsKeptMax));

    public AssetView ToAssetView() => new(
        [.. _byJurisdiction.GroupBy(t => t.Key.Kind, t => t.Value).OrderBy(g => g.Key)
            .Select(g => new KindTally(g.Key, g.Aggregate((a, b) => a.Plus(b))))],
        NewestHours(), FirstMarkings(), Newest(_techniques, Bounds.TechniquesKeptMax), Newest(_neighbours), _details?.Statement);

    public Correlation ToCorrelation()
    {
        var hours = _histogram.Keys.Where(k => k.Kind == SightingKind.Positive)
            .ToLookup(k => k.Jurisdiction, k => k.Hour, StringComparer.Ordinal);
        return new(
            [.. _byJurisdiction.Where(t => t.Key.Kind == SightingKind.Positive)
                .OrderBy(t => t.Key.Jurisdiction, StringComparer.Ordinal)
                .Select(t => new JurisdictionActivity(t.Key.Jurisdiction, t.Value.LastSeen,
                    [.. hours[t.Key.Jurisdiction].OrderDescending().Take(Bounds.HistogramHoursMax).Reverse()]))],
            Newest(_positiveNeighbours), NewestContributions(out var isCut), isCut)
        {
            Sectors = Newest(_positiveSectors, Bounds.SectorsKeptMax),
        };
    }

    // What decides is no matter of how much else is said.
    private ImmutableArray<DisclosedSighting> NewestContributions(out bool isCut)
    {
        var (deciding, rest) = (0, 0);
        ImmutableArray<DisclosedSighting> kept =
        [
            .. _contributions.Order(EvidenceOrder.Instance).Where(each => Decides(each)
                ? deciding++ < Bounds.ContributionsDecidingMax : rest++ < Bounds.ContributionsShownMax),
        ];
        isCut = _isCut || kept.Length < _contributions.Count;
        return kept;
    }

    private static bool Decides(DisclosedSighting contribution) =>
        contribution.Contribution!.Kind is ContributionKind.Opened or ContributionKind.Link or ContributionKind.Split;

    private ImmutableArray<JurisdictionTally> ByJurisdiction() =>
    [
        .. _byJurisdiction.Select(t => new JurisdictionTally(t.Key.Jurisdiction, t.Key.Kind, t.Value))
            .OrderBy(t => t.Jurisdiction, StringComparer.Ordinal).ThenBy(t => t.Kind),
    ];

    private ImmutableArray<HourCount> NewestHours()
    {
        var hours = _histogram.Keys.Select(k => k.Hour).Distinct().OrderDescending()
            .Take(Bounds.HistogramHoursMax).ToList();
        if (hours.Count == 0) return [];
        var oldest = hours[^1];
        return
        [
            .. _histogram.Where(h => h.Key.Hour >= oldest).GroupBy(h => (h.Key.Hour, h.Key.Kind), h => h.Value)
                .Select(g => new HourCount(g.Key.Hour, g.Key.Kind, g.Sum()))
                .OrderBy(h => h.Hour).ThenBy(h => h.Kind),
        ];
    }

    private ImmutableArray<DisclosedMarking> FirstMarkings() => [.. _markings.Order().Take(Bounds.MarkingsShownMax)];

    private static ImmutableArray<Seen> Newest(Dictionary<string, long> seen, int most) =>
        seen.Count == 0 ? [] : [.. seen.Select(each => new Seen(each.Key, each.Value)).Order().Take(most)];

    private static ImmutableArray<NeighbourList> Newest(Dictionary<Observable, long> neighbours) =>
    [
        .. neighbours.GroupBy(n => n.Key.Type).OrderBy(g => g.Key).Select(g => new NeighbourList(
            g.Key, [.. g.Select(n => new Seen(n.Key.Text, n.Value)).Order().Take(Bounds.NeighboursKeptMax)])),
    ];

    private static void Add<TKey>(Dictionary<TKey, Tally> totals, TKey key, in Tally more) where TKey : notnull
    {
        ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(totals, key, out var there);
        total = there ? total.Plus(more) : more;
    }

    private static void Raise<TKey>(Dictionary<TKey, long> seen, TKey key, long lastSeen) where TKey : notnull
    {
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, key, out var there);
        if (!there || held < lastSeen) held = lastSeen;
    }
}
