using System.Collections.Immutable;
using System.Text;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Evidence;

/// <summary>
/// Chooses a page of evidence out of any number of sightings, offered in any sequence: the first in <see cref="EvidenceOrder"/> that
/// follow a place and fit. Holds no more than the page and one sighting. Pure.
/// </summary>
/// <param name="after">The place; null for the first page.</param>
/// <param name="countMax">Most sightings of the page, at least 1.</param>
/// <param name="bytesMax">Most bytes of the page; one sighting always fits.</param>
public sealed class EvidenceSelection(EvidencePlace? after, int countMax, int bytesMax)
{
    private const int FieldBytes = 8;
    private const int FixedBytes = 128;

    private static readonly Comparer<DisclosedSighting> LastFirst =
        Comparer<DisclosedSighting>.Create((one, other) => EvidenceOrder.Instance.Compare(other, one));

    private readonly PriorityQueue<DisclosedSighting, DisclosedSighting> _kept = new(LastFirst);
    private DisclosedSighting? _cut;
    private long _bytes;
    private int _passedOver;

    /// <summary>Whether a sighting last seen at an instant, in the form disclosed, could be of the page.</summary>
    public bool CouldTake(long lastSeen) =>
        (after is null || lastSeen <= after.Last.LastSeen) && (_cut is null || lastSeen >= _cut.LastSeen);

    /// <summary>Takes a sighting if it is of the page, as far as is known yet.</summary>
    public void Offer(DisclosedSighting sighting)
    {
        if (after is not null)
        {
            var order = EvidenceOrder.Instance.Compare(sighting, after.Last);
            if (order < 0) return;
            // Sightings that look the same are one as good as the other: so many of them were given.
            if (order == 0 && _passedOver++ < after.Given) return;
        }
        if (_cut is not null && EvidenceOrder.Instance.Compare(sighting, _cut) >= 0) return;
        _kept.Enqueue(sighting, sighting);
        _bytes += BytesOf(sighting);
        while (_kept.Count > 1 && (_kept.Count > countMax || _bytes > bytesMax))
        {
            _cut = _kept.Dequeue();
            _bytes -= BytesOf(_cut);
        }
    }

    /// <summary>The page, when everything has been offered, and where the next one starts; null when there is none.</summary>
    public (ImmutableArray<DisclosedSighting> Sightings, EvidencePlace? Next) Take()
    {
        var page = new DisclosedSighting[_kept.Count];
        for (var i = page.Length - 1; i >= 0; i--) page[i] = _kept.Dequeue();
        return ([.. page], _cut is null ? null : PlaceAfter(page));
    }

    /// <summary>About how many bytes a sighting takes in a message, rather more than fewer.</summary>
    public static int BytesOf(DisclosedSighting sighting)
    {
        var bytes = FixedBytes + BytesOf(sighting.Owner) + BytesOf(sighting.Description) + BytesOf(sighting.SourceRef);
        foreach (var observable in sighting.Observables) bytes += BytesOf(observable.Text);
        foreach (var technique in sighting.Techniques) bytes += BytesOf(technique);
        foreach (var recipient in sighting.Marking.Recipients) bytes += BytesOf(recipient.Id);
        if (sighting.Asset is not { } asset) return bytes;
        foreach (var software in asset.Software) bytes += BytesOf(software);
        return bytes + BytesOf(asset.Id) + BytesOf(asset.Sector) + BytesOf(asset.Service) + BytesOf(asset.Criticality)
            + BytesOf(asset.Supplier);
    }

    private static int BytesOf(string? text) => text is null ? 0 : FieldBytes + Encoding.UTF8.GetByteCount(text);

    private EvidencePlace PlaceAfter(DisclosedSighting[] page)
    {
        var last = page[^1];
        var given = page.Count(one => EvidenceOrder.Instance.Compare(one, last) == 0);
        var isTheSame = after is not null && EvidenceOrder.Instance.Compare(last, after.Last) == 0;
        return new(last, isTheSame ? given + after!.Given : given);
    }
}
