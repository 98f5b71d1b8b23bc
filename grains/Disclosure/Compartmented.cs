using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// All that an actor knows, by compartment (design 1). There is one way out: <c>Disclose</c>, and
/// <c>IsDisclosed</c>, which tells whether it would give anything. Nothing else tells what a compartment holds, how many
/// there are, or that there is one. Not safe for concurrent use: an actor owns it.
/// </summary>
/// <typeparam name="T">What is known within one compartment.</typeparam>
public sealed class Compartmented<T> where T : class, IKnowledge<T>, new()
{
    // Version 1 had no confidence, version 2 no hashes of one file, version 3 nothing that assets join and no contributions, version 4 no
    // sectors.
    private const byte Version = 5;
    private const int IndexFrom = 16;
    private Entry[] _entries = [];
    private int _count;
    private Dictionary<Compartment, int>? _index;

    /// <summary>Adds a statement to a compartment.</summary>
    public void Add(Compartment compartment, in Statement statement) => KnowledgeIn(compartment).Add(statement);

    /// <summary>Adds everything that another knows, which stays as it is. Commutative and associative.</summary>
    public void Merge(Compartmented<T> other)
    {
        foreach (var entry in other._entries.AsSpan(0, other._count))
            KnowledgeIn(entry.Compartment).Merge(entry.Knowledge);
    }

    /// <summary>
    /// The markings that an owner has used here, each with kind and types, in no particular order, and as how many each counts:
    /// for the bound on markings, which concerns the owner alone. What was said under them stays inside.
    /// </summary>
    public IReadOnlyList<(MarkingUse Use, int Times)> MarkingsOf(string owner) =>
    [
        .. _entries.Take(_count).Where(entry => entry.Compartment.Owner == owner)
            .GroupBy(entry => entry.Compartment.Use, (use, entries) => (use, use.Kind == SightingKind.Contribution
                ? entries.Sum(entry => entry.Knowledge.Uses) : 1)),
    ];

    /// <summary>Writes it for a snapshot: opaque, a version byte first, equal knowledge in equal bytes.</summary>
    public void Write(ByteWriter writer)
    {
        var sorted = _entries.AsSpan(0, _count).ToArray();
        Array.Sort(sorted, static (a, b) => a.Compartment.Encoded.SequenceCompareTo(b.Compartment.Encoded));
        writer.Byte(Version);
        writer.VarUInt((ulong)sorted.Length);
        foreach (var entry in sorted)
        {
            writer.Block(entry.Compartment.Encoded);
            entry.Knowledge.Write(writer);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote, in this version or an earlier one.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of a version that this node does not
    /// know.</exception>
    public static Compartmented<T> Read(ReadOnlySpan<byte> bytes, CompartmentCache compartments)
    {
        var reader = new ByteReader(bytes);
        var version = reader.Byte();
        if (version is 0 or > Version) throw ByteReader.Newer();
        var count = reader.Count();
        var read = new Compartmented<T>();
        for (var i = 0; i < count; i++)
        {
            var compartment = compartments.Get(reader.Block());
            if (read.IndexOf(compartment) >= 0) throw ByteReader.Damaged();
            read.Append(compartment, T.Read(ref reader, version));
        }
        return reader.Remaining == 0 ? read : throw ByteReader.Damaged();
    }

    /// <summary>The one reader: what the clearance may see, in the form that it may see, and nothing else.</summary>
    /// <param name="clearance">Who asks, under which policy.</param>
    /// <param name="subject">The type of the observable that is asked for; null for an asset: the level of whole
    /// sightings.</param>
    /// <param name="at">The instant of the question, in the grid's time; Unix milliseconds UTC.</param>
    /// <param name="reading">Which part this actor answers.</param>
    /// <param name="isSummary">Whether only tallies, techniques, sectors and hours are wanted.</param>
    /// <param name="ofIncidents">Whether contributions are wanted, too; else they are as if never made.</param>
    /// <param name="seenInFull">Where given, gathers in Redacted form what sightings say that the caller sees in Full, here or elsewhere.</param>
    /// <returns>What is disclosed, and the jurisdictions that hold something at Full which this part only points
    /// to.</returns>
    internal (Gathering Disclosed, ImmutableArray<string> Elsewhere) Disclose(
        Clearance clearance, ObservableType? subject, long at, in Reading reading, bool isSummary = false,
        bool ofIncidents = false, Gathering? seenInFull = null)
    {
        var disclosed = new Gathering(isSummary);
        SortedSet<string>? elsewhere = null;
        foreach (var (compartment, knowledge) in _entries.AsSpan(0, _count))
        {
            if (reading.Skips(compartment)) continue;
            var rights = clearance.RightsIn(compartment, at);
            var level = subject is { } type ? rights.Of(type) : rights.OfWhole(compartment.Types);
            if (compartment.Kind == SightingKind.Contribution && !ofIncidents) continue;
            if (seenInFull is not null && level == DisclosureLevel.Full && compartment.Kind != SightingKind.Contribution)
                knowledge.DiscloseInto(seenInFull, new(compartment, DisclosureLevel.Redacted, rights, reading));
            if (reading.Takes(level)) knowledge.DiscloseInto(disclosed, new(compartment, level, rights, reading));
            else if (reading.Points(level)) (elsewhere ??= new(StringComparer.Ordinal)).Add(compartment.Jurisdiction);
        }
        return (disclosed, elsewhere is null ? [] : [.. elsewhere]);
    }

    /// <summary>
    /// Whether <see cref="Disclose"/> would take any sighting or point to one; arguments as there. Every compartment is decided, so
    /// that what cannot be decided fails here as it does there.
    /// </summary>
    internal bool IsDisclosed(Clearance clearance, ObservableType subject, long at, in Reading reading)
    {
        var isDisclosed = false;
        foreach (var (compartment, _) in _entries.AsSpan(0, _count))
        {
            if (reading.Skips(compartment)) continue;
            var level = clearance.RightsIn(compartment, at).Of(subject);
            isDisclosed |= compartment.Kind != SightingKind.Contribution && (reading.Takes(level) || reading.Points(level));
        }
        return isDisclosed;
    }

    private T KnowledgeIn(Compartment compartment)
    {
        var at = IndexOf(compartment);
        return at >= 0 ? _entries[at].Knowledge : Append(compartment, new());
    }

    private int IndexOf(Compartment compartment)
    {
        if (_index is not null) return _index.GetValueOrDefault(compartment, -1);
        for (var i = 0; i < _count; i++)
            if (_entries[i].Compartment.Equals(compartment)) return i;
        return -1;
    }

    private T Append(Compartment compartment, T knowledge)
    {
        if (_count == _entries.Length) Array.Resize(ref _entries, Math.Max(1, _count * 2));
        _entries[_count] = new(compartment, knowledge);
        _index?.Add(compartment, _count);
        _count++;
        if (_index is null && _count > IndexFrom)
        {
            _index = new(_count * 2);
            for (var i = 0; i < _count; i++) _index.Add(_entries[i].Compartment, i);
        }
        return knowledge;
    }

    private readonly record struct Entry(Compartment Compartment, T Knowledge);
}
