using System.Runtime.InteropServices;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>
/// One encoded sighting, read in place: the fields that every sighting has are decoded at once and without allocation, the
/// rest on request. Throws <see cref="InvalidDataException"/> on damaged bytes.
/// </summary>
public readonly ref struct SightingItem
{
    internal const int HasTechniques = 1;
    internal const int HasAsset = 2;
    internal const int HasDescription = 4;
    internal const int HasSourceRef = 8;
    internal const int HasContribution = 16;
    private const int KnownDetails = HasTechniques | HasAsset | HasDescription | HasSourceRef | HasContribution;

    private readonly ReadOnlySpan<byte> _observables;
    private readonly ReadOnlySpan<byte> _details;

    /// <summary>Reads the fixed part of an item.</summary>
    public SightingItem(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        Id = reader.Uuid();
        MarkingIndex = reader.Int();
        ContentAfterMarking = bytes[reader.Position..];
        Kind = (SightingKind)reader.Byte();
        Confidence = reader.Byte();
        Count = (uint)reader.VarUInt();
        LastSeen = reader.VarInt();
        FirstSeen = LastSeen - (long)reader.VarUInt();
        ObservableCount = reader.Count();
        var start = reader.Position;
        for (var i = 0; i < ObservableCount; i++)
        {
            var block = reader.Block();
            if (block.Length < 2) throw ByteReader.Damaged();
            Types = Types.With((ObservableType)(block[0] & 63));
        }
        _observables = bytes[start..reader.Position];
        _details = bytes[reader.Position..];
        if (_details.Length == 0) throw ByteReader.Damaged();
        if ((_details[0] & ~KnownDetails) != 0 || Kind > SightingKind.Contribution) throw ByteReader.Newer();
    }

    /// <summary>The producer's identifier.</summary>
    public Guid Id { get; }
    /// <summary>Index into the batch's table of markings.</summary>
    public int MarkingIndex { get; }
    /// <summary>Everything but identifier and marking: with the marking, the content that identifies a duplicate.</summary>
    public ReadOnlySpan<byte> ContentAfterMarking { get; }
    /// <summary>What it says.</summary>
    public SightingKind Kind { get; }
    /// <summary>0 to 100.</summary>
    public byte Confidence { get; }
    /// <summary>At least 1.</summary>
    public uint Count { get; }
    /// <summary>Unix milliseconds UTC.</summary>
    public long FirstSeen { get; }
    /// <summary>Unix milliseconds UTC.</summary>
    public long LastSeen { get; }
    /// <summary>How many observables it names.</summary>
    public int ObservableCount { get; }
    /// <summary>Their types.</summary>
    public ObservableTypeSet Types { get; }
    /// <summary>Whether it carries anything that a fold needs beyond counts and times.</summary>
    public bool IsPlain => ObservableCount == 1 && (_details[0] & (HasTechniques | HasAsset | HasContribution)) == 0;
    /// <summary>Whether it names an asset.</summary>
    public bool NamesAsset => (_details[0] & HasAsset) != 0;
    /// <summary>Whether it names techniques.</summary>
    public bool NamesTechniques => (_details[0] & HasTechniques) != 0;

    /// <summary>The observables' digests, in order; <paramref name="digests"/> has room for <see cref="ObservableCount"/>.</summary>
    public void Digests(Span<Digest> digests)
    {
        var reader = new ByteReader(_observables);
        for (var i = 0; i < ObservableCount; i++) digests[i] = Digest.OfEncoded(reader.Block());
    }

    /// <summary>The observables as they are encoded: so many blocks of a type's byte and the text in UTF-8.</summary>
    public ByteReader EncodedObservables => new(_observables);

    /// <summary>The observables.</summary>
    public Observable[] ReadObservables()
    {
        var reader = new ByteReader(_observables);
        var observables = new Observable[ObservableCount];
        for (var i = 0; i < observables.Length; i++)
        {
            var block = reader.Block();
            observables[i] = new((ObservableType)block[0], System.Text.Encoding.UTF8.GetString(block[1..]));
        }
        return observables;
    }

    /// <summary>The optional parts.</summary>
    public SightingDetails ReadDetails() => SightingDetails.Read(_details);

    /// <summary>The whole sighting, with its marking from the batch's table.</summary>
    public Sighting ToSighting(IReadOnlyList<Marking> markings)
    {
        if ((uint)MarkingIndex >= (uint)markings.Count) throw ByteReader.Damaged();
        var details = ReadDetails();
        return new(Id, ImmutableCollectionsMarshal.AsImmutableArray(ReadObservables()), details.Asset, FirstSeen, LastSeen,
            Count, Kind, Confidence, markings[MarkingIndex], details.Techniques, details.Description, details.SourceRef,
            details.Contribution);
    }

    /// <summary>Reads a batch's table of markings.</summary>
    public static Marking[] ReadMarkings(ReadOnlySpan<byte> table)
    {
        var reader = new ByteReader(table);
        if (reader.Byte() != SightingBatchBuilder.FormatVersion) throw ByteReader.Newer();
        var markings = new Marking[reader.Count()];
        for (var i = 0; i < markings.Length; i++) markings[i] = MarkingCodec.Read(ref reader);
        return markings;
    }
}
