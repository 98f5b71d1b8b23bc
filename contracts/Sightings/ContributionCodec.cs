using CrossBorderSoc.Contracts.Encoding;

namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>The encoding of a contribution. Stored: one contribution has one encoding.</summary>
public static class ContributionCodec
{
    /// <summary>Appends one.</summary>
    public static void Write(ByteWriter to, Contribution contribution)
    {
        to.Byte((byte)contribution.Kind);
        to.Byte(contribution.Value);
        to.Text(contribution.State);
        to.Text(contribution.Sector);
        to.Text(contribution.Service);
    }

    /// <summary>Reads one; throws <see cref="InvalidDataException"/> on damaged bytes.</summary>
    public static Contribution Read(ref ByteReader reader)
    {
        var kind = (ContributionKind)reader.Byte();
        if (!Enum.IsDefined(kind)) throw ByteReader.Newer();
        return new(kind, reader.Byte(), reader.Text(), reader.Text(), reader.Text());
    }
}
