using System.Runtime.InteropServices;
using CrossBorderSoc.Contracts.Encoding;

namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>The stored form of a marking. Part of stored records: a change needs a new record version.</summary>
public static class MarkingCodec
{
    private const byte HasEmbargo = 1;
    private const byte HasExpiry = 2;

    /// <summary>Appends a marking. Equal markings have equal bytes.</summary>
    public static void Write(ByteWriter writer, Marking marking)
    {
        writer.Byte((byte)marking.Tlp);
        writer.Byte((byte)marking.Pap);
        writer.Byte((byte)marking.Attribution);
        writer.Byte((byte)((marking.EmbargoUntil.HasValue ? HasEmbargo : 0) | (marking.ExpiresAt.HasValue ? HasExpiry : 0)));
        if (marking.EmbargoUntil is { } embargo) writer.VarInt(embargo);
        if (marking.ExpiresAt is { } expiry) writer.VarInt(expiry);
        writer.VarUInt((ulong)marking.Recipients.Length);
        foreach (var recipient in marking.Recipients)
        {
            writer.Byte((byte)recipient.Kind);
            writer.Text(recipient.Id);
        }
    }

    /// <summary>Reads a marking; throws <see cref="InvalidDataException"/> on damaged bytes.</summary>
    public static Marking Read(ref ByteReader reader)
    {
        var tlp = (Tlp)InRange(reader.Byte(), (byte)Tlp.Red);
        var pap = (Pap)InRange(reader.Byte(), (byte)Pap.Red);
        var attribution = (Attribution)InRange(reader.Byte(), (byte)Attribution.Jurisdiction);
        var flags = reader.Byte();
        if ((flags & ~(HasEmbargo | HasExpiry)) != 0) throw ByteReader.Newer();
        long? embargo = (flags & HasEmbargo) != 0 ? reader.VarInt() : null;
        long? expiry = (flags & HasExpiry) != 0 ? reader.VarInt() : null;
        var recipients = new Recipient[reader.Count()];
        for (var i = 0; i < recipients.Length; i++)
            recipients[i] = new((RecipientKind)InRange(reader.Byte(), (byte)RecipientKind.Person), reader.Text());
        return new(tlp, pap, attribution, ImmutableCollectionsMarshal.AsImmutableArray(recipients), embargo, expiry);
    }

    private static byte InRange(byte value, byte max) => value >= 1 && value <= max ? value : throw ByteReader.Damaged();
}
