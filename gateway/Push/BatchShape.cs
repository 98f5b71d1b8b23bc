using CrossBorderSoc.Contracts;
using CrossBorderSoc.Gateway.Errors;
using Google.Protobuf;

namespace CrossBorderSoc.Gateway.Push;

/// <summary>Counts the parts of an encoded batch without making any of them.</summary>
internal static class BatchShape
{
    /// <summary>Most fields of all sightings of a batch. What fills 4 MiB with the shortest observables has fewer.</summary>
    public const int FieldsMax = 400_000;

    private const uint SequenceTag = (V1.SightingBatch.SequenceFieldNumber << 3) | (uint)WireFormat.WireType.Varint;
    private const uint SightingTag = (V1.SightingBatch.SightingsFieldNumber << 3) | (uint)WireFormat.WireType.LengthDelimited;

    /// <summary>Checks a batch against the limits.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, naming the batch and the limit.</exception>
    /// <exception cref="InvalidDataException">It is no batch (or InvalidProtocolBufferException).</exception>
    public static void Check(byte[] bytes, int length)
    {
        var input = new CodedInputStream(bytes, 0, length);
        var (sequence, sightings, fields) = (0UL, 0, 0);
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            if (tag == SequenceTag) sequence = input.ReadUInt64();
            else if (tag != SightingTag) input.SkipLastField();
            else
            {
                sightings++;
                fields += CountFields(input);
            }
        }
        if (length > Bounds.BatchBytesMax)
            throw Refused.Batch("BATCH_TOO_LARGE", "The batch has too many bytes.", sequence, Bounds.BatchBytesMax);
        if (sightings > Bounds.BatchSightingsMax)
            throw Refused.Batch("BATCH_TOO_MANY", "The batch has too many sightings.", sequence, Bounds.BatchSightingsMax);
        if (fields > FieldsMax)
            throw Refused.Batch("BATCH_TOO_MANY_FIELDS", "The sightings of the batch have too many fields.", sequence, FieldsMax);
    }

    private static int CountFields(CodedInputStream input)
    {
        var size = input.ReadLength();
        var end = input.Position + size;
        var fields = 0;
        while (input.Position < end)
        {
            if (input.ReadTag() == 0) throw new InvalidDataException("A sighting ends within a field.");
            input.SkipLastField();
            fields++;
        }
        return input.Position == end
            ? fields
            : throw new InvalidDataException("A sighting's field reaches beyond it.");
    }
}
