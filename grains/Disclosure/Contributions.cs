using System.Collections.Immutable;
using System.Text;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// The contributions that name an observable, within one compartment. The ledger bounds them (each counts as a marking of its owner), so
/// none is ever dropped. Two that are equal are two.
/// </summary>
internal sealed class Contributions
{
    private readonly List<Sighting> _all = [];

    /// <summary>How many.</summary>
    public int Count => _all.Count;

    /// <summary>Adds one.</summary>
    public void Add(Sighting contribution) => _all.Add(contribution);

    /// <summary>Adds those of another.</summary>
    public void Merge(Contributions other) => _all.AddRange(other._all);

    /// <summary>Discloses each: one that names something hidden is in no compartment that the caller sees.</summary>
    public void DiscloseInto(Gathering disclosed, in Terms terms)
    {
        foreach (var contribution in _all) disclosed.AddContribution(SightingDisclosure.Of(contribution, terms));
    }

    /// <summary>Writes them, sorted by their bytes; none as no list at all.</summary>
    public static void Write(ByteWriter writer, Contributions? contributions)
    {
        var encoded = contributions?._all.ConvertAll(Encode) ?? [];
        encoded.Sort(static (one, other) => one.AsSpan().SequenceCompareTo(other));
        writer.VarUInt((ulong)encoded.Count);
        foreach (var bytes in encoded) writer.Block(bytes);
    }

    /// <summary>Reads what <see cref="Write"/> wrote. The marking is the compartment's.</summary>
    public static Contributions? Read(ref ByteReader reader)
    {
        var count = reader.Count();
        if (count == 0) return null;
        var read = new Contributions();
        for (var i = 0; i < count; i++) read.Add(Decode(reader.Block()));
        return read;
    }

    private static byte[] Encode(Sighting contribution)
    {
        var writer = new ByteWriter(128);
        writer.Uuid(contribution.Id);
        writer.VarInt(contribution.LastSeen);
        ContributionCodec.Write(writer, contribution.Contribution!);
        writer.Text(contribution.Description);
        writer.VarUInt((ulong)contribution.Observables.Length);
        foreach (var observable in contribution.Observables)
        {
            writer.Byte((byte)observable.Type);
            writer.Text(observable.Text);
        }
        return writer.ToArray();
    }

    private static Sighting Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var (id, at, said, text) = (reader.Uuid(), reader.VarInt(), ContributionCodec.Read(ref reader), reader.Text());
        var observables = new Observable[reader.Count()];
        for (var i = 0; i < observables.Length; i++) observables[i] = new((ObservableType)reader.Byte(), reader.Text());
        return Of(id, at, said, text, [.. observables]);
    }

    /// <summary>A contribution as the tally keeps it: without its marking, which is its compartment's.</summary>
    public static Sighting Of(
        Guid id, long at, Contribution said, string text, ImmutableArray<Observable> observables) => new(
        id, observables, Asset: null, at, at, Count: 1, SightingKind.Contribution, Confidence: 0, Unmarked, [], text, "", said);

    private static Marking Unmarked { get; } = new(Tlp.Unspecified, Pap.Unspecified, Attribution.Unspecified, [], null, null);
}
