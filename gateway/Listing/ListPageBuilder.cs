using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Listing;

/// <summary>
/// A page in the making. It ends where the caller sees one entry more, or has looked at as many as a page may: so whether there is a
/// next one depends on nothing that the caller may not see.
/// </summary>
internal sealed class ListPageBuilder<TEntry>(ListScope wanted)
{
    /// <summary>Most visible values that are looked at for a page: what an answer may hold ends ten seconds after its instant.</summary>
    public const int LookedAtMax = 4_000;

    private readonly List<(LastSeenPlace Place, TEntry Entry)> _entries = [];
    private readonly HashSet<Observable> _seen = [];
    private LastSeenPlace? _last;
    private LastSeenPlace? _next;
    private int _lookedAt;

    /// <summary>Whether nothing more is needed.</summary>
    public bool IsDone { get; private set; }

    /// <summary>
    /// Whether a value is to be looked at: not yet told, on this page or one before, nor to come. A candidate that lies before the place
    /// at which the caller sees the value is one for somebody else, and the value comes up again.
    /// </summary>
    /// <param name="candidate">Where it came up.</param>
    /// <param name="place">Where the caller sees it.</param>
    public bool LooksAt(in LastSeenPlace candidate, in LastSeenPlace place)
    {
        if (IsDone || place.CompareTo(candidate) > 0 || !wanted.IsAhead(place) || !_seen.Add(place.Observable)) return false;
        if (_lookedAt == LookedAtMax) End(_last);
        _lookedAt++;
        if (!IsDone) _last = place;
        return !IsDone;
    }

    /// <summary>Leaves values out from now on: they have been told.</summary>
    public void Tell(IEnumerable<Observable> observables) => _seen.UnionWith(observables);

    /// <summary>Adds what was found at a place.</summary>
    public void Add(in LastSeenPlace place, TEntry entry)
    {
        if (_entries.Count == wanted.Size) End(_entries[^1].Place);
        else _entries.Add((place, entry));
    }

    /// <summary>The page.</summary>
    public ListPage<TEntry> Build() => new([.. _entries.Select(each => each.Entry)], _next);

    private void End(LastSeenPlace? next) => (IsDone, _next) = (true, next);
}
