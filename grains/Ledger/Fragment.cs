using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>
/// What one item of a record adds to one subject, as it stands in a row: enough to fold a plain item, and where to find the
/// rest of one that names more (neighbours, techniques, an asset). So a row grows linearly with what was pushed.
/// </summary>
public readonly ref struct Fragment
{
    private const byte Plain = 1;
    private const byte HasConfidence = 2;
    private const byte CountsJoins = 4;

    /// <summary>Reads a fragment; throws <see cref="InvalidDataException"/> on damaged bytes.</summary>
    public Fragment(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var flags = reader.Byte();
        if ((flags & ~(Plain | HasConfidence | CountsJoins)) != 0) throw ByteReader.Newer();
        IsPlain = (flags & Plain) != 0;
        JoinsByAsset = (flags & CountsJoins) != 0;
        // Rows of before confidence was kept have none; nor has a statement that says none.
        Confidence = (flags & HasConfidence) != 0 ? reader.Byte() : (byte)0;
        ItemIndex = reader.Int();
        Count = reader.VarUInt();
        LastSeen = reader.VarInt();
        FirstSeen = LastSeen - (long)reader.VarUInt();
        Compartment = reader.Raw(reader.Remaining);
    }

    /// <summary>Whether the record holds nothing more that a fold needs.</summary>
    public bool IsPlain { get; }
    /// <summary>Whether what the item's asset joins has rows of its own. Of what was written before there were such rows, it joins
    /// nothing.</summary>
    public bool JoinsByAsset { get; }
    /// <summary>The item's place in its record.</summary>
    public int ItemIndex { get; }
    /// <summary>0 to 100; 0: not said.</summary>
    public byte Confidence { get; }
    /// <summary>How often.</summary>
    public ulong Count { get; }
    /// <summary>Unix milliseconds UTC.</summary>
    public long FirstSeen { get; }
    /// <summary>Unix milliseconds UTC.</summary>
    public long LastSeen { get; }
    /// <summary>The encoded compartment.</summary>
    public ReadOnlySpan<byte> Compartment { get; }

    /// <summary>Appends the fragment of an item.</summary>
    public static void Write(ByteWriter writer, int itemIndex, in SightingItem item, ReadOnlySpan<byte> compartment) =>
        Write(writer, itemIndex, item, item.IsPlain, item.Confidence, compartment);

    /// <summary>Appends the fragment of an item of which a fold needs counts and times only.</summary>
    public static void WriteCounts(ByteWriter writer, int itemIndex, in SightingItem item, ReadOnlySpan<byte> compartment) =>
        Write(writer, itemIndex, item, isPlain: true, confidence: 0, compartment);

    private static void Write(
        ByteWriter writer, int itemIndex, in SightingItem item, bool isPlain, byte confidence, ReadOnlySpan<byte> compartment)
    {
        writer.Byte((byte)(
            (isPlain ? Plain : 0) | (confidence > 0 ? HasConfidence : 0) | (!isPlain && item.NamesAsset ? CountsJoins : 0)));
        if (confidence > 0) writer.Byte(confidence);
        writer.VarUInt((ulong)itemIndex);
        writer.VarUInt(item.Count);
        writer.VarInt(item.LastSeen);
        writer.VarUInt((ulong)(item.LastSeen - item.FirstSeen));
        writer.Raw(compartment);
    }
}
