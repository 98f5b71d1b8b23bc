using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Incidents;

namespace CrossBorderSoc.Gateway.Listing;

/// <summary>What a list shall hold, and where its page begins.</summary>
/// <param name="Types">Only these types.</param>
/// <param name="Since">Only what was last seen in this hour or later; Unix milliseconds UTC.</param>
/// <param name="Before">Only what was last seen before this hour; Unix milliseconds UTC.</param>
/// <param name="Jurisdictions">Only what one of these saw; none: whoever did.</param>
/// <param name="Sectors">Only what was seen on an asset of one of these sectors, as <c>TrendName.OfSector</c> makes them; none: whatever it
/// was seen on.</param>
/// <param name="Text">Only what holds this text, whatever the case of letters; null for all.</param>
/// <param name="Size">Most entries of a page.</param>
/// <param name="After">Where the page before ended; null for the first.</param>
internal sealed record ListScope(
    ObservableTypeSet Types, long Since, long Before, ImmutableArray<string> Jurisdictions, ImmutableArray<string> Sectors, string? Text,
    int Size, LastSeenPlace? After)
{
    /// <summary>Where to begin to look.</summary>
    public LastSeenPlace? Start => After ?? (Before == long.MaxValue ? null : LastSeenPlace.BeforeHour(Before - LastSeenPlace.HourMilliseconds));

    /// <summary>Whether something that stands at a place is still to be told, as far as place and time go.</summary>
    public bool IsAhead(in LastSeenPlace place) =>
        place.Hour >= Since && place.Hour < Before && (After is not { } after || place.CompareTo(after) > 0);

    /// <summary>Whether one of the jurisdictions is asked for.</summary>
    public bool IsOf(IEnumerable<string> jurisdictions) => Jurisdictions.IsEmpty || jurisdictions.Any(Jurisdictions.Contains);

    /// <summary>Whether one of the sectors is asked for.</summary>
    public bool IsIn(IEnumerable<string> sectors) => Sectors.IsEmpty || sectors.Any(Sectors.Contains);

    /// <summary>Whether an incident is asked for, time, types and text apart.</summary>
    public bool IsOf(Incident incident) => IsOf(incident.MemberStates) && IsIn(incident.Sectors);

    /// <summary>Whether one of the observables is asked for.</summary>
    public bool Holds(IEnumerable<Observable> observables) => observables.Any(one =>
        Types.Contains(one.Type) && (Text is null || one.Text.Contains(Text, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>A page of a list.</summary>
/// <param name="Entries">The entries, in order.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
internal sealed record ListPage<TEntry>(ImmutableArray<TEntry> Entries, LastSeenPlace? Next);
