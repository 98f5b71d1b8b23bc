using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Storage;

/// <summary>
/// A ledger record: version, kind, checksum (XXH3, seeded with the position where that is known, over all that follows), origin (owner, or the
/// source of a release), then lengths (0 for an item that did not enter, else one more than its length), the identities of the
/// items that entered (UUID, content digest, marking digest: identifiers can be rebuilt), header, preamble, items.
/// </summary>
internal static class RecordFormat
{
    public const byte Version = 1;
    public const int IdentitySize = 16 + 8 + 8;
    private const int ChecksumAt = 2;
    private const int BodyAt = ChecksumAt + 8;

    public static int Size(in RecordParts parts)
    {
        var size = BodyAt + Sized(parts.Origin.Length) + Varint.Size((ulong)parts.Header.Length)
            + Varint.Size((ulong)parts.Preamble.Length) + Varint.Size((ulong)parts.Items.Length)
            + parts.Header.Length + parts.Preamble.Length;
        for (var i = 0; i < parts.Items.Length; i++)
        {
            if (parts.Fates[i] != ItemFate.Accepted) size++;
            else size += Varint.Size((ulong)parts.Items[i].Length + 1) + IdentitySize + parts.Items[i].Length;
        }

        return size;
    }

    /// <summary>Writes a record, with the seed of its checksum: its position, or 0 where only the server knows it.</summary>
    public static void Write(Span<byte> target, long seed, RecordKind kind, in RecordParts parts)
    {
        target[0] = Version;
        target[1] = (byte)kind;
        var at = BodyAt;
        at += Varint.Write(target[at..], (ulong)parts.Origin.Length);
        at += Copy(parts.Origin, target[at..]);
        at += Varint.Write(target[at..], (ulong)parts.Header.Length);
        at += Varint.Write(target[at..], (ulong)parts.Preamble.Length);
        at += Varint.Write(target[at..], (ulong)parts.Items.Length);
        for (var i = 0; i < parts.Items.Length; i++)
        {
            var entered = parts.Fates[i] == ItemFate.Accepted;
            at += Varint.Write(target[at..], entered ? (ulong)parts.Items[i].Length + 1 : 0);
        }

        at += WriteIdentities(target[at..], parts);
        at += Copy(parts.Header, target[at..]);
        at += Copy(parts.Preamble, target[at..]);
        for (var i = 0; i < parts.Items.Length; i++)
        {
            if (parts.Fates[i] == ItemFate.Accepted)
                at += Copy(parts.Content.Slice(parts.Items[i].Start, parts.Items[i].Length), target[at..]);
        }

        if (at != target.Length) throw new InvalidOperationException("BUG: a record's size was computed wrongly.");
        BinaryPrimitives.WriteUInt64LittleEndian(target[ChecksumAt..], Checksum(target, seed));
    }

    /// <summary>Reads a record; throws <see cref="InvalidDataException"/> when its bytes are not what was written.</summary>
    public static StoredRecord Read(long position, byte[] value) => Read(position, value, position);

    /// <summary>The same of a record that was written with another seed.</summary>
    public static StoredRecord Read(long position, byte[] value, long seed)
    {
        if (value.Length < BodyAt || value[0] != Version || value[1] is < (byte)RecordKind.Sightings or > (byte)RecordKind.Supersession)
            throw new InvalidDataException($"Ledger record {position} has an unknown version or kind.");
        if (BinaryPrimitives.ReadUInt64LittleEndian(value.AsSpan(ChecksumAt)) != Checksum(value, seed))
            throw new InvalidDataException($"Ledger record {position} does not match its checksum.");
        var at = BodyAt;
        var origin = Slice(value, Varint.ReadLength(value, ref at), ref at);
        var headerLength = Varint.ReadLength(value, ref at);
        var preambleLength = Varint.ReadLength(value, ref at);
        var lengths = new int[Varint.ReadLength(value, ref at)];
        var entered = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = Varint.ReadLength(value, ref at) - 1;
            if (lengths[i] >= 0) entered++;
        }

        var identities = Slice(value, entered * IdentitySize, ref at);
        var header = Slice(value, headerLength, ref at);
        var preamble = Slice(value, preambleLength, ref at);
        var items = new ReadOnlyMemory<byte>[lengths.Length];
        for (var i = 0; i < items.Length; i++) if (lengths[i] > 0) items[i] = Slice(value, lengths[i], ref at);
        var stored = new StoredRecord((RecordKind)value[1], origin, identities, new LedgerRecord(position, header, preamble, items));
        return TryReadRelease(stored) is var (_, range) ? stored with { Record = stored.Record with { Released = range } } : stored;
    }

    /// <summary>The identifiers of the items that entered with a record.</summary>
    public static IEnumerable<Guid> Ids(StoredRecord record)
    {
        for (var at = 0; at < record.Identities.Length; at += IdentitySize)
            yield return new Guid(record.Identities.Span.Slice(at, 16), bigEndian: true);
    }

    /// <summary>The origin of a release's record: source, its ledger, and the range.</summary>
    public static byte[] OriginOf(PreparedRelease release) => OriginOf(release.Source, release.Ledger, release.From, release.To);

    private static byte[] OriginOf(Home source, LedgerIdentity ledger, long from, long to) =>
    [
        .. Encoding.ASCII.GetBytes(source.Code), .. SmallFormats.Identity(ledger), .. SmallFormats.Number(from), .. SmallFormats.Number(to),
    ];

    /// <summary>Which release a record is of; throws <see cref="InvalidDataException"/> when it is of none.</summary>
    public static (string Source, ReleasedRange Range) ReadRelease(StoredRecord record) =>
        TryReadRelease(record) ?? throw new InvalidDataException("A record is of no release.");

    private static (string Source, ReleasedRange Range)? TryReadRelease(StoredRecord record)
    {
        var origin = record.Origin.Span;
        var code = origin.Length - SmallFormats.IdentitySize - 2 * SmallFormats.NumberSize;
        if (record.Kind != RecordKind.Release || code < 0) return null;
        var rest = origin[code..];
        return (Encoding.ASCII.GetString(origin[..code]), new(
            SmallFormats.ReadIdentity(rest), SmallFormats.ReadNumber(rest[SmallFormats.IdentitySize..]),
            SmallFormats.ReadNumber(rest[(SmallFormats.IdentitySize + SmallFormats.NumberSize)..])));
    }

    /// <summary>A release's record of which the items were dropped.</summary>
    public static byte[] Dropped(PreparedDrop drop, ReleaseRecord release, long seed)
    {
        var parts = new RecordParts
        {
            Origin = OriginOf(drop.Source, release.Ledger, release.From, release.To),
            Header = release.Record.Header.Span,
            Preamble = drop.Preamble.Span,
        };
        var record = new byte[Size(parts)];
        Write(record, seed, RecordKind.Release, parts);
        return record;
    }

    private static int WriteIdentities(Span<byte> target, in RecordParts parts)
    {
        var at = 0;
        for (var i = 0; i < parts.Items.Length; i++)
        {
            if (parts.Fates[i] != ItemFate.Accepted) continue;
            ref readonly var item = ref parts.Items[i];
            item.Id.TryWriteBytes(target[at..], bigEndian: true, out _);
            BinaryPrimitives.WriteUInt64BigEndian(target[(at + 16)..], item.ContentDigest);
            BinaryPrimitives.WriteUInt64BigEndian(target[(at + 24)..], item.MarkingDigest);
            at += IdentitySize;
        }

        return at;
    }

    private static ulong Checksum(ReadOnlySpan<byte> value, long seed) => XxHash3.HashToUInt64(value[BodyAt..], seed);

    private static int Sized(int length) => Varint.Size((ulong)length) + length;

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> target)
    {
        source.CopyTo(target);
        return source.Length;
    }

    private static ReadOnlyMemory<byte> Slice(byte[] value, int length, ref int at)
    {
        var slice = new ReadOnlyMemory<byte>(value, at, length);
        at += length;
        return slice;
    }
}

/// <summary>What a record is of. A withdrawal and a supersession are elements of the set like sightings.</summary>
internal enum RecordKind : byte
{
    Sightings = 1,
    Release = 2,
    Withdrawal = 3,
    Supersession = 4,
}

/// <summary>The parts of a record to write.</summary>
internal readonly ref struct RecordParts
{
    public ReadOnlySpan<byte> Origin { get; init; }
    public ReadOnlySpan<byte> Header { get; init; }
    public ReadOnlySpan<byte> Preamble { get; init; }
    public ReadOnlySpan<byte> Content { get; init; }
    public ReadOnlySpan<PreparedItem> Items { get; init; }
    public ReadOnlySpan<ItemFate> Fates { get; init; }
}

/// <summary>A record as read, with what only the store needs of it.</summary>
internal sealed record StoredRecord(
    RecordKind Kind, ReadOnlyMemory<byte> Origin, ReadOnlyMemory<byte> Identities, LedgerRecord Record);
