using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;
using CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Model.Incidents;

/// <summary>
/// DESIGN 3.4 for one caller at one instant: core, hubs, links, components, fringe and names. A function of the positive
/// forms that the caller sees, of nothing else.
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

    public Picture(IEnumerable<Form> forms, DateTimeOffset at, Func<Observable, bool>? onWarninglist = null)
    {
        (_at, _onWarninglist) = (at, onWarninglist ?? (_ => false));
        var positive = forms.Where(form => form.Kind == Kind.Positive).ToList();
        _all = ByObservable(positive);
        _within = ByObservable(positive.Where(form => form.Last >= at - Window));
    }

    /// <summary>"seen by ≥ 2 Member States (EU does not count), not on a warninglist, not a hub".</summary>
    public bool IsCore(Observable node) =>
        MemberStates(_within[node]).Count() >= 2 && !_onWarninglist(node) && !IsHub(node);

    /// <summary>"its visible degree reaches the hub cap"; a list that overflowed within the window has that many.</summary>
    public bool IsHub(Observable node) => Neighbours(node).Count >= HubDegree;

    /// <summary>What one visible sighting within the window names beside a node, sorted.</summary>
    public IReadOnlyList<Observable> Neighbours(Observable node) =>
        [.. _within[node].SelectMany(form => form.Named).Where(other => other != node).Distinct().Order()];

    /// <summary>The incident whose core holds a node, or null.</summary>
    public Incident? Of(Observable node)
    {
        if (!IsCore(node)) return null;
        var core = new SortedSet<Observable>();
        var open = new Stack<Observable>([node]);
        while (open.TryPop(out var next))
        {
            if (!core.Add(next)) continue;
            foreach (var linked in Neighbours(next).Where(IsCore)) open.Push(linked);
        }
        return new(
            core.OrderBy(CoreSince).ThenBy(each => each).First(),
            [.. core.Select(each => (each, CoreSince(each)))],
            [.. core.SelectMany(one => Neighbours(one).Where(core.Contains).Where(two => one.CompareTo(two) < 0).Select(two => (one, two)))],
            [.. core.SelectMany(Neighbours).Where(each => !core.Contains(each)).Distinct().Order()]);
    }

    /// <summary>All incidents, each once, in the order of their first core node.</summary>
    public IReadOnlyList<Incident> All()
    {
        var told = new HashSet<Observable>();
        var incidents = new List<Incident>();
        foreach (var node in _within.Select(group => group.Key).Order())
        {
            if (told.Contains(node) || Of(node) is not { } incident) continue;
            incidents.Add(incident);
            told.UnionWith(incident.Core.Select(each => each.Node));
        }
        return incidents;
    }

    /// <summary>
    /// The hour at which a node's unbroken run as core began: going back hour by hour from the present one, the last at which two
    /// Member States had seen it within the window before. (Hubs and warninglists are those of now.)
    /// </summary>
    public DateTimeOffset CoreSince(Observable node)
    {
        var hours = _all[node].Where(form => form.Jurisdiction != "EU").GroupBy(form => form.Jurisdiction)
            .Select(state => state.Select(form => Hours.Floor(form.Last)).Distinct().OrderDescending().Take(HoursKept).ToHashSet())
            .ToList();
        var hour = Hours.Floor(_at);
        while (hours.Count(seen => seen.Any(each => each <= hour.AddHours(-1) && each >= hour.AddHours(-1) - Window)) >= 2)
            hour = hour.AddHours(-1);
        return hour;
    }

    private static IEnumerable<string> MemberStates(IEnumerable<Form> forms) =>
        forms.Select(form => form.Jurisdiction).Where(code => code != "EU").Distinct();

    private static ILookup<Observable, Form> ByObservable(IEnumerable<Form> forms) => forms
        .SelectMany(form => form.Named.Select(observable => (observable, form)))
        .ToLookup(pair => pair.observable, pair => pair.form);
}

/// <summary>A connected component of core nodes.</summary>
/// <param name="Name">The core node whose identifier is shown.</param>
/// <param name="Core">Each core node with the hour since which it is core, sorted.</param>
/// <param name="Links">Pairs of core nodes that one visible sighting names, sorted.</param>
/// <param name="Fringe">Every other visible neighbour of the core, sorted.</param>
public sealed record Incident(
    Observable Name, IReadOnlyList<(Observable Node, DateTimeOffset Since)> Core,
    IReadOnlyList<(Observable One, Observable Two)> Links, IReadOnlyList<Observable> Fringe)
{
    public string ToText() => Text.Lines(
    [
        $"incident {Name}",
        .. Core.Select(each => $"core {each.Node} since={Text.Instant(each.Since)}"),
        .. Links.Select(link => $"link {link.One} {link.Two}"),
        .. Fringe.Select(each => $"fringe {each}"),
    ]);
}
