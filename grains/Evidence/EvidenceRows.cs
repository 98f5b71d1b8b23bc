using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Evidence;

/// <summary>
/// One walk over a value's rows, from the newest position down: there most of what was seen last lies, and fills a selection that
/// then passes over the rest. A record is read once, and only if something of it may be chosen.
/// </summary>
internal sealed class EvidenceRows(IHomeStore store, CompartmentCache compartments, Observable observable, Asker asker)
{
    private readonly Digest _subject = Digest.Of(observable);
    private readonly SubjectFamily[] _families = AssetJoins.Types.Contains(observable.Type)
        ? [SubjectFamily.Indicator, SubjectFamily.Joined] : [SubjectFamily.Indicator];
    private int _family;
    private long _before = long.MaxValue;

    private bool IsJoined => _families[_family] == SubjectFamily.Joined;

    /// <summary>Offers what the next rows hold.</summary>
    /// <returns>Whether there are more.</returns>
    public async ValueTask<bool> OfferNext(EvidenceSelection to, int count)
    {
        var rows = await store.ReadRowsBackwards(_families[_family], _subject, _before, count, CancellationToken.None);
        foreach (var row in rows) await Offer(to, row);
        if (rows.Count < count) (_family, _before) = (_family + 1, long.MaxValue);
        else _before = rows[^1].Position;
        return _family < _families.Length;
    }

    // Fragments of one record lie side by side.
    private async ValueTask Offer(EvidenceSelection to, Row row)
    {
        OpenRecord? open = null;
        for (var i = row.Fragments.Count - 1; i >= 0; i--)
        {
            var at = row.Fragments[i];
            if (!MayBeChosen(to, at)) continue;
            if (open?.Position != at.RecordPosition) open = await Open(at.RecordPosition);
            if (open.Record is not null) Offer(to, at, open);
        }
    }

    private bool MayBeChosen(EvidenceSelection selection, in RowFragment at)
    {
        var fragment = new Fragment(at.Content.Span);
        var compartment = compartments.Get(fragment.Compartment);
        // What is said of incidents is no evidence.
        if (compartment.Kind == SightingKind.Contribution) return false;
        var seen = IsJoined
            ? SightingDisclosure.LastSeenJoined(fragment.LastSeen, compartment, asker.Clearance, asker.At)
            : SightingDisclosure.LastSeen(fragment.LastSeen, observable.Type, compartment, asker.Clearance, asker.At);
        return seen is { } last && selection.CouldTake(last);
    }

    private void Offer(EvidenceSelection to, in RowFragment at, OpenRecord open)
    {
        var fragment = new Fragment(at.Content.Span);
        var sighting = new SightingItem(open.Record!.Items[fragment.ItemIndex].Span).ToSighting(open.Markings);
        var compartment = compartments.Get(fragment.Compartment);
        var form = IsJoined
            ? SightingDisclosure.ApplyJoined(sighting, compartment, asker.Clearance, asker.At)
            : SightingDisclosure.Apply(sighting, observable.Type, compartment, asker.Clearance, asker.At);
        if (form is { } disclosed) to.Offer(disclosed);
    }

    // Retention takes evidence away and leaves the tallies: then there is nothing left to show here.
    private async ValueTask<OpenRecord> Open(long position) =>
        await store.ReadRecord(position, CancellationToken.None) is { } record
            ? new(position, record, SightingItem.ReadMarkings(record.Preamble.Span))
            : new(position, null, []);

    private sealed record OpenRecord(long Position, LedgerRecord? Record, Marking[] Markings);
}
