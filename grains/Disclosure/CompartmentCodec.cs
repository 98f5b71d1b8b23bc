using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// The encoding of a compartment: a version byte, then its parts. It is stored and travels between homes. One
/// compartment has exactly one encoding, so that bytes can stand for it.
/// </summary>
public static class CompartmentCodec
{
    private const byte Version = 1;

    /// <summary>Reads one compartment from all of the bytes.</summary>
    /// <exception cref="InvalidDataException">They are not exactly one encoding.</exception>
    public static Compartment Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() != Version) throw ByteReader.Newer();
        var owner = reader.Text();
        var jurisdiction = reader.Text();
        var marking = MarkingCodec.Read(ref reader);
        var kind = (SightingKind)reader.Byte();
        var epoch = reader.VarUInt();
        var types = new ObservableTypeSet(reader.VarUInt());
        try
        {
            var read = new Compartment(owner, jurisdiction, marking, kind, (int)Math.Min(epoch, int.MaxValue), types);
            return read.Encoded.SequenceEqual(bytes) ? read : throw ByteReader.Damaged();
        }
        catch (ArgumentException outOfBounds)
        {
            throw new InvalidDataException(
                "The record is damaged: a part of a compartment is out of its bounds.", outOfBounds);
        }
    }

    internal static byte[] Encode(Compartment compartment)
    {
        var writer = new ByteWriter(128);
        writer.Byte(Version);
        writer.Text(compartment.Owner);
        writer.Text(compartment.Jurisdiction);
        MarkingCodec.Write(writer, compartment.Marking);
        writer.Byte((byte)compartment.Kind);
        writer.VarUInt((ulong)compartment.AudienceEpoch);
        writer.VarUInt(compartment.Types.Mask);
        return writer.ToArray();
    }
}
