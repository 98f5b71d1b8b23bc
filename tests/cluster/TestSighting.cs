using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>A sighting as tests say it: what, by which label, and the rest by default.</summary>
internal sealed record TestSighting(int Number, Tlp Tlp, params Observable[] Observables)
{
    private static readonly long At = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds();

    public AssetStatement? Asset { get; init; }

    public static SightingBatch Batch(IReadOnlyList<TestSighting> sightings)
    {
        var builder = new SightingBatchBuilder(sightings.Count);
        foreach (var sighting in sightings)
        {
            var draft = new SightingDraft
            {
                Id = new Guid(sighting.Number, 0, 0, new byte[8]),
                Asset = sighting.Asset,
                FirstSeen = At,
                LastSeen = At,
                Kind = SightingKind.Positive,
                Confidence = 50,
                MarkingIndex = builder.AddMarking(new(
                    sighting.Tlp, Pap.Green, Marking.DefaultAttribution(sighting.Tlp), [], null, null)),
            };
            draft.Observables.AddRange(sighting.Observables);
            draft.Normalise();
            builder.Add(draft);
        }
        return builder.Build();
    }
}
