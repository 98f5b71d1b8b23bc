using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Tests.Unit.Intake;

/// <summary>Sightings as they reach the ledger: encoded, prepared, stamped with their owner.</summary>
internal static class Pushed
{
    /// <summary>A sighting with every field.</summary>
    public static Sighting Sighting(int number, params string[] addresses) => new(
        new Guid(number, 0, 0, new byte[8]),
        [.. addresses.DefaultIfEmpty("198.51.100.7").Select(text => new Observable(ObservableType.Ipv4Addr, text)).Order()],
        new("srv-1", "energy", "billing", "high", ["cpe:2.3:a:b:c"], "acme"), FirstSeen: 1_000, LastSeen: 2_000, Count: 3,
        SightingKind.Positive, Confidence: 50, Marking(), ["T1190"], "seen", "ref-1");

    /// <summary>A marking; by number another embargo.</summary>
    public static Marking Marking(int number = 0) => new(
        Tlp.Green, Pap.Amber, Attribution.Named, [new(RecipientKind.Community, "net")], EmbargoUntil: number, ExpiresAt: null);

    /// <summary>A batch of an owner in Belgium.</summary>
    public static PreparedBatch Batch(string owner, params IEnumerable<Sighting> sightings)
    {
        var builder = new SightingBatchBuilder(16);
        foreach (var sighting in sightings) builder.Add(Draft(sighting, builder.AddMarking(sighting.Marking)));
        return BatchPreparation.Prepare(builder.Build(), new(RecordOperation.Sightings, owner, "BE", 1, AcceptedAt: 5_000));
    }

    private static SightingDraft Draft(Sighting sighting, int marking)
    {
        var draft = new SightingDraft
        {
            Id = sighting.Id,
            Asset = sighting.Asset,
            FirstSeen = sighting.FirstSeen,
            LastSeen = sighting.LastSeen,
            Count = sighting.Count,
            Kind = sighting.Kind,
            Confidence = sighting.Confidence,
            MarkingIndex = marking,
            Description = sighting.Description,
            SourceRef = sighting.SourceRef,
        };
        draft.Observables.AddRange(sighting.Observables);
        draft.Techniques.AddRange(sighting.Techniques);
        draft.Normalise();
        return draft;
    }
}
