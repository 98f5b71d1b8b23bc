using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;
using CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Model.Incidents;

/// <summary>
/// DESIGN 3.4 for one caller at one instant: core, hubs, links, components, fringe, names and contributions. A function of the
/// positive forms and the contributions that the caller sees, of nothing else.
/// </summary>
public sealed class Picture
{
    public const int HubDegree = 100;
    public const int HoursKept = 1024;
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    private readonly DateTimeOffset _at;
    private readonly Func<Observable, bool> _onWarninglist;
    private readonly ILookup<Observable, Form> _all;
    private readonly ILookup<Observable, Form> _within;
    private readonly IReadOnlyList<Form> _said;

    public Picture(IEnumerable<Form> forms, DateTimeOffset at, Func<Observable, bool>? onWarninglist = null)
    {
        (_at, _onWarninglist) = (at, onWarninglist ?? (_ => false));
        var visible = forms.ToList();
        _said = [.. visible.Where(form => form.IsContribution)];
        var positive = visible.Where(form => form.Kind == Kind.Positive).ToList();
        _all = ByObservable(positive);
        _within = ByObservable(positive.Where(form => form.Last >= at - Window));
    }

    /// <summary>"seen by ≥ 2 Member States (EU does not count), not on a warninglist, not a hub"; or opened by hand within the window,
    /// the rest alike.</summary>
    public bool IsCore(Observable node) =>
        (MemberStates(_within[node]).Count() >= 2 || SaidOf(node, Deed.Opened).Any(IsWithin)) && !_onWarninglist(node) && !IsHub(node);

    /// <summary>"its visible degree reaches the hub cap"; a list that overflowed within the window has that many.</summary>
    public bool IsHub(Observable node) => Neighbours(node).Count >= HubDegree;

    /// <summary>What one visible sighting within the window names beside a node, sorted.</summary>
    public IReadOnlyList<Observable> Neighbours(Observable node) =>
        [.. _within[node].SelectMany(form => form.Named).Where(other => other != node).Distinct().Order()];

    /// <summary>The sectors of the assets on which a node was seen within the window.</summary>
    public IReadOnlyList<string> SectorsOf(Observable node) => [.. Sectors.Of(_within[node]).Select(each => each.Sector)];

    /// <summary>"one visible sighting names both", or an opening or a link by hand; "a visible split outranks a visible link of the same
    /// observables".</summary>
    public IReadOnlyList<Observable> Linked(Observable node) =>
    [
        .. Neighbours(node)
            .Concat(SaidOf(node, Deed.Opened).Where(IsWithin).Concat(SaidOf(node, Deed.Link)).SelectMany(form => form.Observables))
            .Where(other => other != node && !SaidOf(node, Deed.Split).Any(split => split.Observables.Contains(other)))
            .Distinct().Order(),
    ];

    /// <summary>The incident whose core holds a node, or null.</summary>
    public Incident? Of(Observable node)
    {
        if (!IsCore(node)) return null;
        var core = new SortedSet<Observable>();
        var open = new Stack<Observable>([node]);
        while (open.TryPop(out var next))
        {
            if (!core.Add(next)) continue;
            foreach (var linked in Linked(next).Where(IsCore)) open.Push(linked);
        }
        return new(
            core.OrderBy(CoreSince).ThenBy(each => each).First(),
            [.. core.Select(each => (each, CoreSince(each)))],
            [.. core.SelectMany(one => Linked(one).Where(core.Contains).Where(two => one.CompareTo(two) < 0).Select(two => (one, two)))],
            [.. core.SelectMany(Neighbours).Where(each => !core.Contains(each)).Distinct().Order()],
            SaidWithin(core));
    }

    /// <summary>The contributions of which a core holds all observables, in order.</summary>
    public IReadOnlyList<Form> SaidWithin(IReadOnlySet<Observable> core) =>
        Views.Evidence.Sorted(_said.Where(form => form.Observables.All(core.Contains)));

    /// <summary>All incidents, each once, in the order of their first core node.</summary>
    public IReadOnlyList<Incident> All()
    {
        var told = new HashSet<Observable>();
        var incidents = new List<Incident>();
        foreach (var node in _within.Select(group => group.Key).Concat(_said.SelectMany(form => form.Observables)).Distinct().Order())
        {
            if (told.Contains(node) || Of(node) is not { } incident) continue;
            incidents.Add(incident);
            told.UnionWith(incident.Core.Select(each => each.Node));
        }
        return incidents;
    }

    /// <summary>
    /// The hour at which a node's unbroken run as core began: going back hour by hour from the present one, the last at which two
    /// Member States had seen it within the window before, or it had been opened within it. (Hubs and warninglists are those of now.)
    /// </summary>
    public DateTimeOffset CoreSince(Observable node)
    {
        var hours = _all[node].Where(form => form.Jurisdiction != "EU").GroupBy(form => form.Jurisdiction)
            .Select(state => state.Select(form => Hours.Floor(form.Last)).Distinct().OrderDescending().Take(HoursKept).ToHashSet())
            .ToList();
        var hour = Hours.Floor(_at);
        var opened = SaidOf(node, Deed.Opened).Select(form => Hours.Floor(form.Last)).ToHashSet();
        while (hours.Count(seen => Holds(seen, hour.AddHours(-1))) >= 2 || Holds(opened, hour.AddHours(-1)))
            hour = hour.AddHours(-1);
        return hour;
    }

    private static bool Holds(HashSet<DateTimeOffset> hours, DateTimeOffset hour) =>
        hours.Any(each => each <= hour && each >= hour - Window);

    private IEnumerable<Form> SaidOf(Observable node, Deed deed) =>
        _said.Where(form => form.Said!.Deed == deed && form.Observables.Contains(node));

    private bool IsWithin(Form form) => form.Last >= _at - Window;

    private static IEnumerable<string> MemberStates(IEnumerable<Form> forms) =>
        forms.Select(form => form.Jurisdiction).Where(code => code != "EU").Distinct();

    private static ILookup<Observable, Form> ByObservable(IEnumerable<Form> forms) => forms
        .SelectMany(form => form.Named.Select(observable => (observable, form)))
        .ToLookup(pair => pair.observable, pair => pair.form);
}

/// <summary>A connected component of core nodes.</summary>
/// <param name="Name">The core node whose identifier is shown.</param>
/// <param name="Core">Each core node with the hour since which it is core, sorted.</param>
/// <param name="Links">Pairs of core nodes that are linked, sorted.</param>
/// <param name="Fringe">Every other visible neighbour of the core, sorted.</param>
/// <param name="Contributions">Those of which the core holds all observables, in the order of evidence.</param>
public sealed record Incident(
    Observable Name, IReadOnlyList<(Observable Node, DateTimeOffset Since)> Core,
    IReadOnlyList<(Observable One, Observable Two)> Links, IReadOnlyList<Observable> Fringe,
    IReadOnlyList<Form> Contributions)
{
    public string ToText() => Text.Lines(
    [
        $"incident {Name}",
        .. Core.Select(each => $"core {each.Node} since={Text.Instant(each.Since)}"),
        .. Links.Select(link => $"link {link.One} {link.Two}"),
        .. Fringe.Select(each => $"fringe {each}"),
        .. Contributions.Select(Views.Evidence.ToText),
    ]);
}
