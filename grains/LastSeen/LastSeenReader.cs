using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>
/// Finds in a home's index where to look for what a caller may have seen last: merges the groups that the caller may see, whatever
/// else there is. It tells candidates only; what is told of each is what its actor discloses.
/// </summary>
public sealed class LastSeenReader(IGridStore stores, CompartmentCache compartments)
{
    /// <summary>Most candidates of a page.</summary>
    public const int PlacesMax = 256;

    // Those that a filter leaves out count, too: a call is bounded.
    private const int LookedAtMax = 8_192;

    /// <summary>Most candidates of a page of this reader.</summary>
    internal int PageMax { get; init; } = PlacesMax;

    /// <summary>Candidates behind a place, in order.</summary>
    /// <exception cref="GridUnavailableException">The store cannot be read.</exception>
    /// <exception cref="UndecidableException">It cannot be decided what the caller may see.</exception>
    public async ValueTask<LastSeenPage> Page(
        Home home, Asker asker, LastSeenFilter filter, LastSeenPlace? after, CancellationToken cancellation)
    {
        try
        {
            var index = stores[home].LastSeen;
            var heads = new PriorityQueue<LastSeenCursor, LastSeenPlace>();
            foreach (var group in await index.ReadGroups(cancellation))
            {
                if (NamedIncidents.Is(group)) continue;
                var compartment = compartments.Get(group.Group.Span);
                if (group.NewestHour < filter.Since || !MayShow(compartment, home, asker, filter)) continue;
                var cursor = new LastSeenCursor(index, group, compartment, after, filter.Together);
                heads.Enqueue(cursor, cursor.Place);
            }
            return await Merge(heads, asker, filter, cancellation);
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store cannot be read now.", e);
        }
    }

    private async ValueTask<LastSeenPage> Merge(
        PriorityQueue<LastSeenCursor, LastSeenPlace> heads, Asker asker, LastSeenFilter filter, CancellationToken cancellation)
    {
        var places = new List<LastSeenPlace>();
        LastSeenPlace? last = null;
        for (var lookedAt = 0; heads.TryDequeue(out var cursor, out var place); lookedAt++)
        {
            if (place.Hour < filter.Since) return new([.. places], null, asker.PolicyVersion);
            // Between two places only: several groups may hold one, and any of them may be what shows it.
            if (place != last && (places.Count == PageMax || lookedAt >= LookedAtMax) && last is not null)
                return new([.. places], last, asker.PolicyVersion);
            if (cursor.IsAtMember)
            {
                last = place;
                var isTold = places.Count > 0 && places[^1] == place;
                if (!isTold && Passes(place.Observable, filter) && MayShow(cursor.Compartment, place.Observable.Type, asker, filter))
                    places.Add(place);
            }
            if (await cursor.MoveNext(cancellation)) heads.Enqueue(cursor, cursor.Place);
        }
        return new([.. places], null, asker.PolicyVersion);
    }

    private static bool Passes(in Observable observable, LastSeenFilter filter) =>
        filter.Types.Contains(observable.Type)
        && (filter.Text is not { } text || observable.Text.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static bool IsOf(SightingKind kind, LastSeenFilter filter) => filter.OfIncidents
        ? kind is SightingKind.Positive or SightingKind.Contribution : kind != SightingKind.Contribution;

    private static bool MayShow(Compartment group, Home home, in Asker asker, LastSeenFilter filter)
    {
        if (!IsOf(group.Kind, filter)) return false;
        // Of a policy that this node does not know yet: for this answer it is not there yet.
        if (group.AudienceEpoch > asker.PolicyVersion) return false;
        // The caller's own home answers for it.
        if (home.IsHub && group.Jurisdiction == asker.Home.Code) return false;
        if (LastSeenCut.IsJoined(group))
            return filter.Types.Intersect(AssetJoins.Types).Mask != 0 && MayShow(group, ObservableType.Unspecified, asker, filter);
        // What else a foreign home shows stands at the hub, too.
        if (!home.IsHub && home != asker.Home) return false;
        foreach (var type in ObservableTypes.All)
            if (filter.Types.Contains(type) && group.Types.Contains(type) && MayShow(group, type, asker, filter)) return true;
        return false;
    }

    // What assets join shows with whole sightings only, whatever its type.
    private static bool MayShow(Compartment group, ObservableType type, in Asker asker, LastSeenFilter filter) => LastSeenCut.IsJoined(group)
        ? asker.Clearance.DecideWhole(group, asker.At) == DisclosureLevel.Full
        : asker.Clearance.Decide(group, type, asker.At) >= (filter.InFull ? DisclosureLevel.Full : DisclosureLevel.Redacted);
}
