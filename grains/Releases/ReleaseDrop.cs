using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Releases;

/// <summary>
/// Takes back at the hub what a home's ledger that went back had released beyond what survived: one release after the other, the newest first,
/// each in one write, so that whoever begins anew finds what is left to do. A release that holds both goes whole; the home sends again
/// what survived of it.
/// </summary>
/// <param name="hub">The hub's store.</param>
/// <param name="compartments">Shared with the folds.</param>
internal sealed class ReleaseDrop(IHomeStore hub, CompartmentCache compartments)
{
    private const int RowsPerRead = 256;

    /// <summary>Whether something of an epoch of a ledger before this one may be at the hub.</summary>
    public static bool IsDue(in Watermark known, in LedgerIdentity ledger) =>
        known.Ledger.Id == ledger.Id && Math.Abs(known.Ledger.Epoch) < ledger.Epoch;

    /// <summary>Takes back the newest release beyond a position; where there is none, lets the ledger's epoch begin.</summary>
    /// <param name="source">The home.</param>
    /// <param name="ledger">Its ledger, in the epoch that is to begin.</param>
    /// <param name="survivor">Up to where what it held before is still there.</param>
    /// <param name="cancellation">The caller's.</param>
    /// <returns>The watermark then, of the ledger's epoch when all is done; and how many statements went.</returns>
    public async ValueTask<(Watermark Now, int Statements)> Step(
        Home source, LedgerIdentity ledger, long survivor, CancellationToken cancellation)
    {
        var known = await hub.ReadWatermark(source, cancellation);
        if (!IsDue(known, ledger)) return (known, 0);
        var release = await hub.FindRelease(source, ledger.Id, survivor, cancellation);
        var drop = release is null
            ? new(source, known, new(ledger, Math.Min(known.Position, survivor)), null, default, [], [])
            : await Prepare(source, known, release, cancellation);
        var now = await hub.Drop(drop, cancellation);
        return (now, now == drop.Next && release is not null ? release.Record.Items.Count : 0);
    }

    private async ValueTask<PreparedDrop> Prepare(Home source, Watermark known, ReleaseRecord release, CancellationToken cancellation)
    {
        // Of no epoch: nothing follows it until all is done.
        var dropping = known.Ledger with { Epoch = -Math.Abs(known.Ledger.Epoch) };
        var entries = new LastSeenEntries(compartments, new(), new(), keys: null);
        entries.AddOfHub(release.Record);
        var (seen, left) = (new List<SeenDrop>(), new Dictionary<Observable, Dictionary<Place, LastSeenMember>>());
        foreach (var (bytes, members) in entries.ToMembers())
        {
            var (group, still) = (compartments.Get(bytes.Span), new List<LastSeenMember>());
            var gone = members.Where(member => !member.IsTogether).ToList();
            foreach (var member in gone)
            {
                var observable = LastSeenCut.ObservableOf(member.Bytes.Span);
                if (!left.TryGetValue(observable, out var places))
                    left[observable] = places = await LeftOf(observable, source, release.Record.Position, cancellation);
                if (places.TryGetValue(new(group, Convert.ToHexString(member.Bytes.Span)), out var place)) still.Add(place);
            }
            seen.Add(new(bytes, gone, still));
        }
        return new(
            source, known, new(dropping, Math.Min(release.From, known.Position)), release, ReleasedStatements.NoCompartments,
            RecordSubjects.Of([release.Record]), seen);
    }

    // Where an observable stands in the index by what else the home said of it.
    private async ValueTask<Dictionary<Place, LastSeenMember>> LeftOf(
        Observable observable, Home source, long dropped, CancellationToken cancellation)
    {
        var (places, position) = (new Dictionary<Place, LastSeenMember>(), 0L);
        while (await hub.ReadRows(SubjectFamily.Indicator, Digest.Of(observable), position, RowsPerRead, cancellation) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
                foreach (var fragment in row.Fragments)
                    if (fragment.RecordPosition != dropped) Add(places, observable, source, fragment);
            position = rows[^1].Position;
        }
        return places;
    }

    private void Add(Dictionary<Place, LastSeenMember> places, in Observable observable, Home source, in RowFragment row)
    {
        var fragment = new Fragment(row.Content.Span);
        var compartment = compartments.Get(fragment.Compartment);
        if (compartment.Jurisdiction != source.Code) return;
        var member = LastSeenCut.MemberOf(observable, compartment);
        var place = new Place(LastSeenCut.GroupOf(compartment), Convert.ToHexString(member));
        var (hour, since) = (Hours.Floor(fragment.LastSeen), row.RecordPosition);
        if (places.TryGetValue(place, out var known)) (hour, since) = (Math.Max(hour, known.Hour), Math.Min(since, known.Since));
        places[place] = new(member, hour, since);
    }

    private readonly record struct Place(Compartment Group, string Member);
}
