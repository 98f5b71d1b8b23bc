using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// What the knowledge of an indicator and of an asset have in common: count, first, last, histogram, techniques,
/// neighbours. A default one knows nothing. A mutable struct: hold it in a field, never copy it.
/// </summary>
internal struct Account
{
    private Tally _tally;
    private byte _confidenceInHour;
    private Histogram _histogram;
    private Neighbourhood _neighbours;
    private Newest? _techniques;

    /// <summary>Adds one statement.</summary>
    public void Add(in Statement statement)
    {
        Add(new(statement.Count, statement.FirstSeen, statement.LastSeen, statement.Confidence), statement.Confidence);
        _histogram.Add(statement.LastSeen, statement.Count);
        _neighbours.Add(statement.Neighbours, statement.LastSeen);
        foreach (var technique in statement.Techniques)
            (_techniques ??= new(Bounds.TechniquesKeptMax)).Add(technique, statement.LastSeen);
    }

    /// <summary>Adds everything of another.</summary>
    public void Merge(in Account other)
    {
        if (other._tally.Count == 0) return;
        Add(other._tally, other._confidenceInHour);
        _histogram.Merge(other._histogram);
        _neighbours.Merge(other._neighbours);
        if (other._techniques is { } techniques) (_techniques ??= new(Bounds.TechniquesKeptMax)).Merge(techniques);
    }

    /// <summary>
    /// Discloses it in the form of the terms: Redacted cuts every time before anything is ordered or capped.
    /// </summary>
    public readonly void DiscloseInto(Gathering disclosed, in Terms terms)
    {
        if (_tally.Count == 0) return;
        var (compartment, kind) = (terms.Compartment, terms.Compartment.Kind);
        disclosed.AddTally(compartment.Jurisdiction, terms.Source, kind,
            new(_tally.Count, terms.Show(_tally.FirstSeen), terms.Show(_tally.LastSeen),
                terms.IsFull ? _tally.Confidence : _confidenceInHour));
        if (_techniques is not null)
            foreach (var technique in _techniques.Entries)
                disclosed.AddTechnique(technique.Text, terms.Show(technique.Last));
        foreach (ref readonly var cell in _histogram.Cells) disclosed.AddHour(compartment.Jurisdiction, cell.Hour, kind, cell.Count);
        if (disclosed.IsSummary) return;
        disclosed.AddMarking(terms.IsFull
            ? DisclosedMarking.Full(compartment.Marking) : DisclosedMarking.Redacted(compartment.Marking));
        _neighbours.DiscloseInto(
            disclosed, terms, static (into, in neighbour, kind, last) => into.AddNeighbour(neighbour, kind, last));
    }

    /// <summary>Writes it.</summary>
    public readonly void Write(ByteWriter writer)
    {
        writer.VarUInt((ulong)_tally.Count);
        writer.VarInt(_tally.FirstSeen);
        writer.VarInt(_tally.LastSeen);
        writer.Byte(_tally.Confidence);
        writer.Byte(_confidenceInHour);
        _histogram.Write(writer);
        _neighbours.Write(writer);
        WriteOptional(writer, _techniques);
    }

    /// <summary>Reads what <see cref="Write"/> wrote. The first version had no confidence.</summary>
    public static Account Read(ref ByteReader reader, byte version) => new()
    {
        _tally = new((long)reader.VarUInt(), reader.VarInt(), reader.VarInt(), version == 1 ? (byte)0 : reader.Byte()),
        _confidenceInHour = version == 1 ? (byte)0 : reader.Byte(),
        _histogram = Histogram.Read(ref reader),
        _neighbours = Neighbourhood.Read(ref reader),
        _techniques = ReadOptional(ref reader, Bounds.TechniquesKeptMax),
    };

    /// <summary>Writes a list that may not be there.</summary>
    public static void WriteOptional(ByteWriter writer, Newest? newest)
    {
        writer.Byte(newest is null ? (byte)0 : (byte)1);
        newest?.Write(writer);
    }

    /// <summary>Reads what <see cref="WriteOptional"/> wrote.</summary>
    public static Newest? ReadOptional(ref ByteReader reader, int keep) => reader.Byte() switch
    {
        0 => null,
        1 => Newest.Read(ref reader, keep),
        _ => throw ByteReader.Damaged(),
    };

    // Redacted sees hours: then all statements of the newest hour are equally new, and the highest confidence of them stands.
    private void Add(in Tally more, byte confidenceInHour)
    {
        var (hour, moreHour) = (Hours.Floor(_tally.LastSeen), Hours.Floor(more.LastSeen));
        if (_tally.Count == 0 || moreHour > hour) _confidenceInHour = confidenceInHour;
        else if (moreHour == hour) _confidenceInHour = Math.Max(_confidenceInHour, confidenceInHour);
        _tally = _tally.Count == 0 ? more : _tally.Plus(more);
    }
}
