using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>What was said with one technique, or on assets of one sector, within one compartment: how often, and when.</summary>
public sealed class TrendTally : IKnowledge<TrendTally>
{
    private Tally _tally;
    private Histogram _histogram;

    void IKnowledge<TrendTally>.Add(in Statement statement)
    {
        Add(new(statement.Count, statement.FirstSeen, statement.LastSeen));
        _histogram.Add(statement.LastSeen, statement.Count);
    }

    void IKnowledge<TrendTally>.Merge(TrendTally other)
    {
        if (other._tally.Count == 0) return;
        Add(other._tally);
        _histogram.Merge(other._histogram);
    }

    void IKnowledge<TrendTally>.Write(ByteWriter writer)
    {
        writer.VarUInt((ulong)_tally.Count);
        writer.VarInt(_tally.FirstSeen);
        writer.VarInt(_tally.LastSeen);
        _histogram.Write(writer);
    }

    static TrendTally IKnowledge<TrendTally>.Read(ref ByteReader reader, byte version) => new()
    {
        _tally = new((long)reader.VarUInt(), reader.VarInt(), reader.VarInt()),
        _histogram = Histogram.Read(ref reader),
    };

    void IKnowledge<TrendTally>.DiscloseInto(Gathering disclosed, in Terms terms)
    {
        if (_tally.Count == 0) return;
        var (compartment, kind) = (terms.Compartment, terms.Compartment.Kind);
        disclosed.AddTally(compartment.Jurisdiction, owner: null, kind,
            new(_tally.Count, terms.Show(_tally.FirstSeen), terms.Show(_tally.LastSeen)));
        foreach (ref readonly var cell in _histogram.Cells) disclosed.AddHour(compartment.Jurisdiction, cell.Hour, kind, cell.Count);
    }

    private void Add(in Tally more) => _tally = _tally.Count == 0 ? more : _tally.Plus(more);
}
