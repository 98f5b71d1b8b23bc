using CrossBorderSoc.Contracts.Encoding;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>What a ledger record says of itself. Stored for as long as evidence is kept: read every version ever written.</summary>
/// <param name="Operation">What the items are.</param>
/// <param name="Owner">The owner, from the verified token.</param>
/// <param name="Jurisdiction">The owner's jurisdiction.</param>
/// <param name="PolicyVersion">Number of the policy version of acceptance: the items' audience epoch.</param>
/// <param name="AcceptedAt">The grid's time of acceptance, Unix milliseconds UTC.</param>
public readonly record struct RecordHeader(
    RecordOperation Operation, string Owner, string Jurisdiction, int PolicyVersion, long AcceptedAt)
{
    private const byte FormatVersion = 1;

    /// <summary>The header's bytes.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter(64);
        writer.Byte(FormatVersion);
        writer.Byte((byte)Operation);
        writer.Text(Owner);
        writer.Text(Jurisdiction);
        writer.VarUInt((ulong)PolicyVersion);
        writer.VarInt(AcceptedAt);
        return writer.ToArray();
    }

    /// <summary>Reads a header; throws <see cref="InvalidDataException"/> on damaged bytes or an unknown version.</summary>
    public static RecordHeader Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() != FormatVersion) throw ByteReader.Newer();
        var operation = (RecordOperation)reader.Byte();
        if (operation is < RecordOperation.Sightings or > RecordOperation.Supersede) throw ByteReader.Newer();
        return new(operation, reader.Text(), reader.Text(), reader.Int(), reader.VarInt());
    }
}

/// <summary>What the items of a record are. Stored: never renumber.</summary>
public enum RecordOperation : byte
{
    /// <summary>Sightings.</summary>
    Sightings = 1,
    /// <summary>Withdrawals of earlier sightings. Part of the format; not accepted yet.</summary>
    Withdraw = 2,
    /// <summary>Sightings that take the place of earlier ones. Part of the format; not accepted yet.</summary>
    Supersede = 3,
}
