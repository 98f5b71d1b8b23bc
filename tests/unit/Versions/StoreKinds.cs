using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Consortium;
using CrossBorderSoc.Gateway.Listing;
using CrossBorderSoc.Gateway.Watching;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Commit;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Silo.Storage;
using static CrossBorderSoc.Tests.Unit.Versions.Examples;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>The records, small values and keys of the stores, and what clients carry for gateways.</summary>
internal static class StoreKinds
{
    private const string Small = "silo/Storage/SmallFormats.cs";
    private const long Position = 258;
    private static readonly LedgerIdentity Ledger = new(Id, 3);
    private static readonly Digest Subject = Digest.Of(Domain);
    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("twenty bytes exactly");

    public static IEnumerable<Kind> All =>
    [
        RecordOf("ledger-sightings", RecordKind.Sightings),
        RecordOf("ledger-release", RecordKind.Release),
        new("row", "silo/Storage/RowFormat.cs;silo/Storage/RowPacking.cs;silo/Storage/Varint.cs", Row(), RowBytes(),
            value => RowFormat.Read(Position, value)),
        new("identifier", Small, 0x0102030405060708UL, Identifier(), value => SmallFormats.ReadContentDigest(value)),
        new("ledger-identity", Small, Ledger, SmallFormats.Identity(Ledger), value => SmallFormats.ReadIdentity(value)),
        new("watermark", Small, new Watermark(Ledger, Position), SmallFormats.Watermark(new(Ledger, Position)),
            value => SmallFormats.ReadWatermark(value)),
        new("markings", Small + ";silo/Redis/Commit/MarkingReader.cs", new[] { true, true, false },
            SmallFormats.Markings([7, ulong.MaxValue]), value =>
        {
            var read = SmallFormats.ReadMarkings(value);
            return new[] { read.Contains(7), read.Contains(ulong.MaxValue), read.Contains(8) };
        }),
        new("snapshot", Small, new Snapshot(Position, new byte[] { 1, 2, 3 }), SmallFormats.Snapshot(new(Position, new byte[] { 1, 2, 3 })),
            value => SmallFormats.ReadSnapshot(value)),
        new("text", Small, "csirt.bé", SmallFormats.Text("csirt.bé"), value => SmallFormats.ReadText(value)),
        new("number", Small, -Position, SmallFormats.Number(-Position), value => SmallFormats.ReadNumber(value)),
        Kind.Computed("keys-embedded",
            "silo/Embedded/Format/Keys.cs;silo/Embedded/Commit/IdentifierKey.cs;silo/Embedded/Commit/HomeLedger.cs", EmbeddedKeys()),
        Kind.Computed("keys-last-seen", "silo/Embedded/Format/LastSeenKeys.cs", LastSeen()),
        Kind.Computed("keys-redis", "silo/Redis/RedisKeys.cs", RedisNames()),
        new("watch-place", "gateway/Watching/WatchPlace.cs", new WatchPlace(Position, 5, At, 2), new WatchPlace(Position, 5, At, 2).ToBytes(Purpose),
            bytes => WatchPlace.Read(bytes, Purpose) ?? throw new InvalidDataException("Not a place.")) { IsVersioned = false },
        new("list-token", "gateway/Listing/ListToken.cs", new LastSeenPlace(At, Domain),
            Encoding.ASCII.GetBytes(ListToken.Of(new(At, Domain), Purpose)), bytes => ListToken.Read(Encoding.ASCII.GetString(bytes), Purpose)!)
        {
            IsVersioned = false,
        },
        Kind.Computed("page-token", "gateway/Consortium/PageToken.cs", PageToken.After("organisations", "csirt.be")),
        FileOf("acknowledged-mark", "silo/Embedded/Engine/AcknowledgedMark.cs", path =>
        {
            AcknowledgedMark.Create(path);
            using var mark = AcknowledgedMark.Open(path);
            mark.Advance(Position);
        }, Position, path =>
        {
            using var mark = AcknowledgedMark.Open(path);
            return mark.Group;
        }),
        FileOf("format-document", "silo/Embedded/Engine/FormatDocument.cs", FormatDocument.Create, 3, path => FormatDocument.Check(path)),
    ];

    private static Kind RecordOf(string name, RecordKind kind)
    {
        var batch = BatchPreparation.Prepare(Batch(), new(RecordOperation.Sightings, "csirt.be", "BE", 2, At));
        var parts = new RecordParts
        {
            Origin = "csirt.be"u8,
            Header = batch.Header.Span,
            Preamble = batch.Preamble.Span,
            Content = batch.Content.Span,
            Items = batch.Items,
            Fates = [ItemFate.Accepted, ItemFate.Duplicate, ItemFate.Accepted],
        };
        var bytes = new byte[RecordFormat.Size(parts)];
        RecordFormat.Write(bytes, Position, kind, parts);
        var content = batch.Content;
        var told = new RecordTold(kind, "csirt.be", [batch.Items[0].Id, batch.Items[2].Id], batch.Header, batch.Preamble,
            [content[..batch.Items[0].Length], default, content[batch.Items[2].Start..]]);
        return new(name, "silo/Storage/RecordFormat.cs", told, bytes, value =>
        {
            var read = RecordFormat.Read(Position, value);
            return new RecordTold(read.Kind, Encoding.UTF8.GetString(read.Origin.Span), [.. RecordFormat.Ids(read)], read.Record.Header,
                read.Record.Preamble, [.. read.Record.Items]);
        });
    }

    private static Row Row() => new(Position, [new(Position, new byte[] { 9, 8 }), new(3, new byte[] { 7 })]);

    private static byte[] RowBytes()
    {
        var bytes = new byte[1 + RowFormat.FragmentSize(0, 2) + RowFormat.FragmentSize(Position - 3, 1)];
        bytes[0] = RowFormat.Version;
        var at = 1 + RowFormat.WriteFragment(bytes.AsSpan(1), 0, [9, 8]);
        RowFormat.WriteFragment(bytes.AsSpan(at), Position - 3, [7]);
        return bytes;
    }

    private static byte[] Identifier()
    {
        var value = new byte[SmallFormats.IdentifierSize];
        SmallFormats.WriteIdentifier(value, 0x0102030405060708UL, Position);
        return value;
    }

    private static IEnumerable<string> EmbeddedKeys()
    {
        var prefix = Keys.Prefix(new("BE"));
        yield return Line("group", Keys.Group);
        yield return Line("position", Written(Keys.PositionSize, key => Keys.WritePosition(key, prefix, Position)));
        yield return Line("subject", Written(Keys.SubjectSize, key => Keys.WriteSubject(key, prefix, SubjectFamily.Asset, Subject)));
        yield return Line("row", Written(Keys.RowSize, key => Keys.WriteRow(key, prefix, SubjectFamily.Joined, Subject, Position)));
        yield return Line("identifier", Written(Keys.IdentifierSize, key => IdentifierKey.Of(prefix, 7, Id, 0).Write(key)));
        yield return Line("owner", Keys.Owner(prefix, 7));
        yield return Line("marking", Keys.Marking(prefix, 7, 9));
        yield return Line("markings on", Keys.MarkingsOn(prefix, 7, Subject));
        yield return Line("head", Keys.Head(prefix));
        yield return Line("watermark", Keys.Watermark(Keys.Prefix(Home.Hub), prefix));
        foreach (var kind in Enum.GetValues<MetaKind>()) yield return Line($"meta {kind}", Keys.Meta(prefix, kind, "name"u8));
    }

    private static IEnumerable<string> LastSeen()
    {
        var (prefix, group) = (Keys.Prefix(new("BE")), LastSeenKeys.DigestOf(Inside.Encoded));
        var member = new LastSeenMember("evil.example"u8.ToArray(), At - At % 3_600_000, Position);
        yield return Line("position", LastSeenKeys.Position(prefix));
        yield return Line("group", LastSeenKeys.Group(prefix, group));
        yield return Line("member", LastSeenKeys.Member(prefix, group, member.Hour, member));
        yield return Line("together", LastSeenKeys.Member(prefix, group, member.Hour, member with { IsTogether = true }));
        yield return Line("turn", LastSeenKeys.Turn(prefix, At, group, member.Bytes.Span, Position));
        yield return Line("hour", LastSeenKeys.Hour(member.Hour, "group"u8));
    }

    private static IEnumerable<string> RedisNames()
    {
        var keys = new RedisKeys(new("BE"));
        foreach (var key in (StackExchange.Redis.RedisKey[])[
            keys.Meta, keys.Ledger, keys.Watermarks, keys.Documents, keys.SeenGroups, keys.SeenTurns,
            keys.Rows(SubjectFamily.Asset, Subject), keys.Snapshot(SubjectFamily.Asset, Subject), keys.Identifiers("csirt.be"),
            keys.KeptMarkings("csirt.be", Subject), keys.SeenMembers("digest"u8), keys.SeenTogether("digest"u8)])
            yield return Convert.ToHexStringLower((byte[])key!);
    }

    private static Kind FileOf(string name, string source, Action<string> write, object sample, Func<string, object> read)
    {
        var folder = Directory.CreateTempSubdirectory("crossbordersoc-versions-").FullName;
        try
        {
            var path = Path.Combine(folder, "file");
            write(path);
            return new(name, source, sample, File.ReadAllBytes(path), bytes => In(bytes, read)) { IsVersioned = false };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static object In(byte[] bytes, Func<string, object> read)
    {
        var folder = Directory.CreateTempSubdirectory("crossbordersoc-versions-").FullName;
        try
        {
            var path = Path.Combine(folder, "file");
            File.WriteAllBytes(path, bytes);
            return read(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Written(int size, Action<byte[]> write)
    {
        var key = new byte[size];
        write(key);
        return key;
    }

    private static string Line(string name, byte[] key) => $"{name} {Convert.ToHexStringLower(key)}";

    private sealed record RecordTold(
        RecordKind Kind, string Origin, Guid[] Ids, ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte> Preamble, ReadOnlyMemory<byte>[] Items);
}
