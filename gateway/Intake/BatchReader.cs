using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Gateway.Intake;

/// <summary>The good sightings of a batch, and what was refused of it.</summary>
/// <param name="Batch">The good ones, or null when there are none.</param>
/// <param name="Places">Where each good one stood in the client's batch; null when all are good.</param>
/// <param name="Rejections">The others, by place.</param>
internal sealed record BatchRead(SightingBatch? Batch, int[]? Places, List<V1.Rejection> Rejections);

/// <summary>Turns a client's batch into a ledger's, and the ledger's outcome into an acknowledgement. Pure.</summary>
internal static class BatchReader
{
    private const int IdBytesMax = 64;

    /// <summary>
    /// Validates and encodes the sightings of a batch. Bounds of the batch itself are the caller's to check.
    /// </summary>
    /// <param name="message">The batch.</param>
    /// <param name="terms">What it is judged by.</param>
    /// <param name="draft">Work space, reused from batch to batch.</param>
    public static BatchRead Read(V1.SightingBatch message, IntakeTerms terms, SightingDraft draft)
    {
        var sightings = message.Sightings;
        var builder = new SightingBatchBuilder(sightings.Count);
        var reader = new SightingReader(terms, new MarkingReader(terms, builder));
        var rejections = new List<V1.Rejection>(0);
        int[]? places = null;
        for (var i = 0; i < sightings.Count; i++)
        {
            draft.Clear();
            var refusal = reader.Read(sightings[i], draft);
            if (refusal.Exists)
            {
                places ??= FirstPlaces(sightings.Count, i);
                rejections.Add(ToRejection(i, sightings[i], refusal));
                continue;
            }
            if (places is not null) places[builder.Count] = i;
            builder.Add(draft);
        }
        return new(builder.Count == 0 ? null : builder.Build(), places, rejections);
    }

    /// <summary>The acknowledgement of a batch, once the ledger has answered for its good sightings.</summary>
    public static V1.BatchAck Acknowledge(V1.SightingBatch message, BatchRead read, BatchOutcome outcome)
    {
        var ack = new V1.BatchAck
        {
            Sequence = message.Sequence,
            Accepted = (uint)outcome.Accepted,
            Duplicates = (uint)outcome.Duplicates,
        };
        foreach (var refused in outcome.Refused)
        {
            var place = read.Places?[refused.Index] ?? refused.Index;
            read.Rejections.Add(ToRejection(place, message.Sightings[place], LedgerRefusals.Of(refused.Reason)));
        }
        if (outcome.Refused.Length > 0) read.Rejections.Sort(static (a, b) => a.Index.CompareTo(b.Index));
        ack.Rejections.AddRange(read.Rejections);
        return ack;
    }

    private static int[] FirstPlaces(int count, int good)
    {
        var places = new int[count];
        for (var i = 0; i < good; i++) places[i] = i;
        return places;
    }

    private static V1.Rejection ToRejection(int index, V1.Sighting sighting, in Refusal refusal) => new()
    {
        Index = (uint)index,
        SightingId = Texts.Cut(sighting.Id, IdBytesMax),
        Field = refusal.Field,
        ReasonCode = refusal.Reason,
        Message = refusal.Message,
    };
}
