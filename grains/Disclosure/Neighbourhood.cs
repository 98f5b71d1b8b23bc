using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// The newest neighbours, kept per type, so that a list of one type never pushes out another (design 3.3). A default
/// one is empty. A mutable struct: hold it in a field, never copy it.
/// </summary>
internal struct Neighbourhood
{
    /// <summary>Takes one disclosed pair's neighbour, kind of sighting and last-seen.</summary>
    public delegate void Sink(Gathering disclosed, in Observable neighbour, SightingKind kind, long lastSeen);

    private OfType[]? _types;

    /// <summary>Adds the neighbours of one statement.</summary>
    public void Add(ReadOnlySpan<Observable> neighbours, long lastSeen)
    {
        foreach (ref readonly var neighbour in neighbours) ListOf(neighbour.Type).Add(neighbour.Text, lastSeen);
    }

    /// <summary>Adds every neighbour of another.</summary>
    public void Merge(in Neighbourhood other)
    {
        foreach (var list in other._types.AsSpan()) ListOf(list.Type).Merge(list.Newest);
    }

    /// <summary>Discloses each pair at its level, and of a type that is not visible nothing.</summary>
    public readonly void DiscloseInto(Gathering disclosed, in Terms terms, Sink add)
    {
        foreach (var list in _types.AsSpan())
        {
            if (!terms.Compartment.Types.Contains(list.Type))
                throw new InvalidOperationException(
                    "BUG: a neighbour is of a type that its compartment does not have.");
            var pair = terms.PairWith(list.Type);
            if (pair == DisclosureLevel.None) continue;
            foreach (var entry in list.Newest.Entries)
                add(disclosed, new(list.Type, entry.Text), terms.Compartment.Kind, Terms.Show(entry.Last, pair));
        }
    }

    /// <summary>Discloses what assets join: to whom the whole sightings are Full, and to nobody else (decision 0014).</summary>
    public readonly void DiscloseJoinedInto(Gathering disclosed, in Terms terms)
    {
        if (!terms.IsWholeFull) return;
        foreach (var list in _types.AsSpan())
            foreach (var entry in list.Newest.Entries)
                disclosed.AddNeighbour(new(list.Type, entry.Text), terms.Compartment.Kind, entry.Last);
    }

    /// <summary>Writes it, sorted by type.</summary>
    public readonly void Write(ByteWriter writer)
    {
        var types = _types.AsSpan().ToArray();
        Array.Sort(types, static (a, b) => a.Type.CompareTo(b.Type));
        writer.VarUInt((ulong)types.Length);
        foreach (var list in types)
        {
            writer.Byte((byte)list.Type);
            list.Newest.Write(writer);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Neighbourhood Read(ref ByteReader reader)
    {
        var types = new OfType[reader.Count()];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = new((ObservableType)reader.Byte(), Bounds.NeighboursKeptMax, ref reader);
            if ((int)types[i].Type >= 64 || (i > 0 && types[i].Type <= types[i - 1].Type)) throw ByteReader.Damaged();
        }
        return new() { _types = types.Length == 0 ? null : types };
    }

    private Newest ListOf(ObservableType type)
    {
        foreach (var list in _types.AsSpan())
            if (list.Type == type) return list.Newest;
        var added = new Newest(Bounds.NeighboursKeptMax);
        _types = [.. _types.AsSpan(), new(type, added)];
        return added;
    }

    private readonly struct OfType
    {
        public OfType(ObservableType type, Newest newest) => (Type, Newest) = (type, newest);

        public OfType(ObservableType type, int keep, ref ByteReader reader) : this(type, Newest.Read(ref reader, keep))
        {
        }

        public ObservableType Type { get; }

        public Newest Newest { get; }
    }
}
