using CrossBorderSoc.Contracts.Sightings;
using M = CrossBorderSoc.Tests.Model;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>The model's sightings as a batch that a lane takes.</summary>
internal static class ModelBatch
{
    public static SightingBatch Of(IReadOnlyCollection<M.Sightings.Sighting> sightings)
    {
        var builder = new SightingBatchBuilder(sightings.Count);
        var draft = new SightingDraft();
        foreach (var sighting in sightings.Select(each => each.ToProduct()))
        {
            draft.Clear();
            (draft.Id, draft.Asset, draft.Kind, draft.Confidence) =
                (sighting.Id, sighting.Asset, sighting.Kind, sighting.Confidence);
            (draft.FirstSeen, draft.LastSeen, draft.Count) = (sighting.FirstSeen, sighting.LastSeen, sighting.Count);
            (draft.Description, draft.SourceRef) = (sighting.Description, sighting.SourceRef);
            draft.Contribution = sighting.Contribution;
            draft.Observables.AddRange(sighting.Observables);
            draft.Techniques.AddRange(sighting.Techniques);
            draft.MarkingIndex = builder.AddMarking(sighting.Marking);
            draft.Normalise();
            builder.Add(draft);
        }
        return builder.Build();
    }
}
