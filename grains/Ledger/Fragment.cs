using CrossBorderSoc.Contracts.Encoding;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>
/// What one item of a record adds to one subject, as it stands in a row: enough to fold a plain item, and where to find the
/// rest of one that names more (neighbours, techniques, an asset). So a row grows linearly with what was pushed.
/// </summary>
public readonly ref struct Fragment
{
    private const byte Plain = 1;

    /// <summary>Reads a fragment; throws <see cref="InvalidDataException"/> on damaged bytes.</summary>
    public Fragment(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        IsPlain = (reader.Byte() & Plain) != 0;
        ItemIndex = reader.Int();
        Count = reader.VarUInt();
        LastSeen = reader.VarInt();
        FirstSeen = LastSeen - (long)reader.VarUInt();
        Compartment = reader.Raw(reader.Remaining);
    }

    /// <summary>Whether the record holds nothing more that a fold needs.</summary>
    public bool IsPlain { get; }
    /// <summary>The item's place in its record.</summary>
    public int ItemIndex { get; }
    /// <summary>How often.</summary>
    public ulong Count { get; }
    /// <summary>Unix milliseconds UTC.</summary>
    public long FirstSeen { get; }
    /// <summary>Unix milliseconds UTC.</summary>
    public long LastSeen { get; }
    /// <summary>The encoded compartment.</summary>
    public ReadOnlySpan<byte> Compartment { get; }

    /// <summary>Appends a fragment.</summary>
    public static void Write(
        ByteWriter writer, bool isPlain, int itemIndex, ulong count, long firstSeen, long lastSeen, ReadOnlySpan<byte> compartment)
    {
        writer.Byte(isPlain ? Plain : (byte)0);
        writer.VarUInt((ulong)itemIndex);
        writer.VarUInt(count);
        writer.VarInt(lastSeen);
        writer.VarUInt((ulong)(lastSeen - firstSeen));
        writer.Raw(compartment);
    }
}
