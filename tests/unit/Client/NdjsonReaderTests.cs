using System.IO.Compression;
using System.Text;
using CrossBorderSoc.Client.Ndjson;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

public sealed class NdjsonReaderTests
{
    private const string Id = "e31d3cda-1953-5836-8faa-b7ec5be4c10e";

    // A good line; a test spoils one part of it.
    private const string Good =
        """{"id":"e31d3cda-1953-5836-8faa-b7ec5be4c10e","owner":"csirt.be","observables":[{"type":"url","value":"http://a"}],"""
        + """ "first_seen":"2026-07-21T11:50:00Z","last_seen":"2026-07-21T16:01:02.5Z","kind":"positive","""
        + """ "marking":{"tlp":"green"}}""";

    [Fact]
    public async Task Read_RealSample_EveryLineIsASighting()
    {
        var path = SharedData.FolderOrSkip("cross-border-2026/sightings-sample.ndjson");
        await using var file = File.OpenRead(path);
        var rows = await NdjsonReader.ReadAsync(file, TestContext.Current.CancellationToken).ToListAsync();
        rows.Count.ShouldBe(File.ReadLines(path).Count());
        rows.ShouldAllBe(row => row.Refusal == null && row.Sighting != null && row.Owner.Length > 0);
        rows.Select(row => row.Line).ShouldBe(Enumerable.Range(1, rows.Count).Select(i => (long)i));
    }

    [Fact]
    public void Parse_EveryField_IsMapped()
    {
        var row = Parse(
            """{"id":"i","owner":"o","observables":[{"type":"t","value":"v"}],"first_seen":"2026-07-21T11:50:00+02:00","""
            + """ "last_seen":"2026-07-21T16:01:02.125Z","count":4294967295,"kind":"false-positive","confidence":49,"""
            + """ "marking":{"tlp":"amber+strict","pap":"red","recipients":["community:c"],"attribution":"named","""
            + """ "embargo_until":"2026-07-22T00:00:00Z","expires_at":"2026-07-23T00:00:00Z"},"""
            + """ "asset":{"id":"a","sector":"s","service":"e","criticality":"c","software":["w"],"supplier":"p"},"""
            + """ "techniques":["T1071"],"description":"d","source_ref":"r"}""");
        row.Refusal.ShouldBeNull();
        row.Owner.ShouldBe("o");
        row.Sighting.ShouldBe(new Sighting
        {
            Id = "i",
            Observables = { new Observable { Type = "t", Value = "v" } },
            FirstSeen = At("2026-07-21T09:50:00Z"),
            LastSeen = At("2026-07-21T16:01:02.125Z"),
            Count = uint.MaxValue,
            Kind = Kind.FalsePositive,
            Confidence = 49,
            Techniques = { "T1071" },
            Description = "d",
            SourceRef = "r",
            Marking = new Marking
            {
                Tlp = Tlp.AmberStrict,
                Pap = Pap.Red,
                Recipients = { "community:c" },
                Attribution = Attribution.Named,
                EmbargoUntil = At("2026-07-22T00:00:00Z"),
                ExpiresAt = At("2026-07-23T00:00:00Z"),
            },
            Asset = new Asset
            {
                Id = "a",
                Sector = "s",
                Service = "e",
                Criticality = "c",
                Software = { "w" },
                Supplier = "p",
            },
        });
    }

    [Fact]
    public void Parse_AdmiraltyCode_IsPassedOnForTheGridToJudge() =>
        Parse(Good.Replace("\"kind\"", "\"admiralty\":\"B2\",\"kind\"", StringComparison.Ordinal)).Sighting!.Admiralty.ShouldBe("B2");

    [Theory]
    [InlineData("\"kind\":\"positive\"", "\"colour\":\"red\"", "colour", "UNKNOWN_FIELD")]
    [InlineData("\"tlp\":\"green\"", "\"tlp\":\"green\",\"tpl\":1", "marking.tpl", "UNKNOWN_FIELD")]
    [InlineData("\"value\":\"http://a\"", "\"valu\":\"http://a\"", "observables[0].valu", "UNKNOWN_FIELD")]
    [InlineData("\"kind\":\"positive\"", "\"kind\":\"positive\",\"kind\":\"positive\"", "kind", "DUPLICATE_FIELD")]
    [InlineData("\"kind\":\"positive\"", "\"kind\":7", "kind", "INVALID_VALUE")]
    [InlineData("\"kind\":\"positive\"", "\"kind\":\"Positive\"", "kind", "INVALID_VALUE")]
    [InlineData("\"kind\":\"positive\"", "\"kind\":\"positive\",\"count\":-1", "count", "INVALID_VALUE")]
    [InlineData("\"kind\":\"positive\"", "\"kind\":\"positive\",\"count\":1.5", "count", "INVALID_VALUE")]
    [InlineData("\"kind\":\"positive\"", "\"kind\":\"positive\",\"count\":4294967296", "count", "INVALID_VALUE")]
    [InlineData("\"kind\":\"positive\"", "\"kind\":\"positive\",\"confidence\":\"9\"", "confidence", "INVALID_VALUE")]
    [InlineData("\"kind\":\"positive\"", "\"kind\":\"positive\",\"asset\":[]", "asset", "INVALID_VALUE")]
    [InlineData("\"kind\":\"positive\"", "\"kind\":\"positive\",\"asset\":{}", "asset.id", "MISSING")]
    [InlineData("\"kind\":\"positive\"", "\"kind\":\"positive\",\"techniques\":[null]", "techniques[0]", "MISSING")]
    [InlineData("\"kind\":\"positive\",", "", "kind", "MISSING")]
    [InlineData("{\"id\":\"" + Id + "\",", "{", "id", "MISSING")]
    [InlineData("[{\"type\":\"url\",\"value\":\"http://a\"}]", "[]", "observables", "MISSING")]
    [InlineData("{\"type\":\"url\",\"value\":\"http://a\"}", "null", "observables[0]", "INVALID_VALUE")]
    [InlineData("\"type\":\"url\",", "", "observables[0].type", "MISSING")]
    [InlineData("\"tlp\":\"green\"", "", "marking.tlp", "MISSING")]
    [InlineData(",\"marking\":{\"tlp\":\"green\"}", "", "marking.tlp", "MISSING")]
    [InlineData("\"tlp\":\"green\"", "\"tlp\":\"GREEN\"", "marking.tlp", "INVALID_VALUE")]
    [InlineData("\"tlp\":\"green\"", "\"tlp\":\"white\"", "marking.tlp", "INVALID_VALUE")]
    [InlineData("\"tlp\":\"green\"", "\"tlp\":\"green\",\"pap\":\"white\"", "marking.pap", "INVALID_VALUE")]
    [InlineData("2026-07-21T11:50:00Z", "2026-07-21T11:50:00", "first_seen", "INVALID_VALUE")]
    [InlineData("2026-07-21T11:50:00Z", "2026-07-21", "first_seen", "INVALID_VALUE")]
    [InlineData("2026-07-21T11:50:00Z", "2026-02-30T11:50:00Z", "first_seen", "INVALID_VALUE")]
    [InlineData("2026-07-21T11:50:00Z", "0001-01-01T00:00:00+14:00", "first_seen", "INVALID_VALUE")]
    [InlineData("}}", "}", "", "INVALID_JSON")]
    [InlineData("}}", "}} {}", "", "INVALID_JSON")]
    [InlineData("http://a", "\\ud800", "observables[0].value", "INVALID_VALUE")]
    public void Parse_SpoiltLine_IsRefusedWithItsField(string part, string spoilt, string field, string reason)
    {
        var line = Good.Replace(", \"", ",\"", StringComparison.Ordinal);
        line.ShouldContain(part);
        var row = Parse(line.Replace(part, spoilt, StringComparison.Ordinal), 41);
        row.Sighting.ShouldBeNull();
        row.Refusal.ShouldNotBeNull();
        (row.Refusal.Line, row.Refusal.Field, row.Refusal.Reason).ShouldBe((41, field, reason));
        row.Refusal.Message.ShouldNotContain("System.");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("not json")]
    public void Parse_NoObject_IsRefused(string line) =>
        Parse(line).Refusal!.Reason.ShouldBeOneOf("INVALID_JSON", "INVALID_VALUE");

    [Fact]
    public void Parse_BytesThatAreNoUtf8_AreRefusedWithTheirField()
    {
        var bytes = Encoding.Latin1.GetBytes(Good.Replace("http://a", "http://\xE9", StringComparison.Ordinal));
        var refusal = NdjsonReader.Parse(1, bytes)!.Value.Refusal;
        refusal.ShouldNotBeNull();
        refusal.Field.ShouldBe("observables[0].value");
    }

    [Fact]
    public async Task Read_BlankLinesAndEndings_AreCountedAndSkipped()
    {
        var rows = await ReadAsync(Encoding.UTF8.GetBytes($"\uFEFF{Good}\r\n\n  \t\r\n{Good}\n\n{Good}"));
        rows.Select(row => row.Line).ShouldBe([1, 4, 6]);
        rows.ShouldAllBe(row => row.Refusal == null);
    }

    [Fact]
    public async Task Read_LineOverTheBound_IsRefusedAndTheNextIsRead()
    {
        var atBound = Good.PadRight(NdjsonReader.LineBytesMax);
        var rows = await ReadAsync(Encoding.UTF8.GetBytes($"{atBound}\n{atBound} \n{new string('x', 5_000_000)}\n{Good}"));
        rows.Select(row => row.Refusal?.Reason).ShouldBe([null, "LINE_TOO_LONG", "LINE_TOO_LONG", null]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_Gzip_IsRecognisedByItsFirstBytes(bool byteByByte)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Good + "\n" + Good));
        (await ReadAsync(packed.ToArray(), byteByByte)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Read_GzipThatIsCut_Fails()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Good));
        await Should.ThrowAsync<InvalidDataException>(() => ReadAsync([.. packed.ToArray().SkipLast(40)]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("x")]
    public async Task Read_AlmostNothing_EndsWell(string text) =>
        (await ReadAsync(Encoding.UTF8.GetBytes(text))).Count.ShouldBe(text == "x" ? 1 : 0);

    private static NdjsonRow Parse(string line, long number = 1) =>
        NdjsonReader.Parse(number, Encoding.UTF8.GetBytes(line))!.Value;

    private static async Task<List<NdjsonRow>> ReadAsync(byte[] bytes, bool byteByByte = false)
    {
        using Stream stream = byteByByte ? new ByteByByte(bytes) : new MemoryStream(bytes);
        return await NdjsonReader.ReadAsync(stream, TestContext.Current.CancellationToken).ToListAsync();
    }

    private static Timestamp At(string text) =>
        Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A pipe whose writer is slow.</summary>
    private sealed class ByteByByte(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length > 1 ? buffer[..1] : buffer, cancellationToken);
    }
}
