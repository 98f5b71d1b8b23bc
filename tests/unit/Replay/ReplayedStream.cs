using System.Collections.Concurrent;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Tests.Model.Loading;
using CrossBorderSoc.Tests.Model.Warninglists;
using CrossBorderSoc.Tests.Unit.Warninglists;
using M = CrossBorderSoc.Tests.Model;
using MI = CrossBorderSoc.Tests.Model.Incidents;
using MS = CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Unit.Replay;

/// <summary>The real stream as it came: each sighting accepted when it was last seen.</summary>
internal sealed class ReplayedStream
{
    private readonly ConcurrentDictionary<MS.Observable, bool> _listed = [];
    private readonly Matcher _matcher;

    private ReplayedStream(M.World whole, Matcher matcher) => (Whole, _matcher) = (whole, matcher);

    /// <summary>Everything, at the midnight after the last day.</summary>
    public M.World Whole { get; }

    /// <summary>The midnights after each day, from the first day's to the last one's.</summary>
    public IEnumerable<DateTimeOffset> Midnights
    {
        get
        {
            for (var at = MidnightAfter(Whole.Sightings[0].LastSeen); at <= Whole.Now; at = at.AddDays(1)) yield return at;
        }
    }

    public static ReplayedStream Load()
    {
        using var lists = new SomeLists().Unpack();
        var loaded = RealStream.Load(SharedData.FolderOrSkip("cross-border-2026"), DateTimeOffset.UnixEpoch, Canonical);
        var sightings = loaded.Sightings.OrderBy(each => each.LastSeen).ThenBy(each => each.Id, StringComparer.Ordinal)
            .Select(each => each with { AcceptedAt = each.LastSeen }).ToList();
        return new(
            new M.World(loaded.Versions, sightings, MidnightAfter(sightings[^1].LastSeen)), Matcher.Load(lists.Directory));
    }

    /// <summary>Whether a value is on a warninglist, by the tests' own matcher.</summary>
    public bool IsListed(MS.Observable value) => _listed.GetOrAdd(value, _matcher.Holds);

    /// <summary>
    /// What bears on incidents at an instant: the sightings that name a value which any sighting within the window names. What names
    /// none makes nothing core, links nothing and lengthens no run of what is core.
    /// </summary>
    public M.World Around(DateTimeOffset at)
    {
        var until = Whole.Until(at);
        var recent = until.Sightings.Where(each => each.LastSeen >= at - MI.Picture.Window)
            .SelectMany(each => each.Observables).ToHashSet();
        return until.With([.. until.Sightings.Where(each => each.Observables.Any(recent.Contains))]);
    }

    private static DateTimeOffset MidnightAfter(DateTimeOffset instant) => new(instant.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    private static (string Type, string Value) Canonical(string type, string value) =>
        ObservableParser.TryParse(type, value, out var observable, out _)
            ? (ObservableTypes.NameOf(observable.Type), observable.Text)
            : throw new InvalidOperationException(value);
}
