using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Gateway.Intake;
using Google.Protobuf.WellKnownTypes;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class SightingReaderTests
{
    private static readonly Dictionary<string, Action<V1.Sighting>> Offences = new(StringComparer.Ordinal)
    {
        ["id INVALID_ID empty"] = s => s.Id = "",
        ["id INVALID_ID braces"] = s => s.Id = "{00000000-0000-4000-8000-0000000001}",
        ["id INVALID_ID sign"] = s => s.Id = "+0000000-0000-4000-8000-000000000001",
        ["id INVALID_ID spaces"] = s => s.Id = " 0000000-0000-4000-8000-000000000001",
        ["observables NO_OBSERVABLES"] = s => s.Observables.Clear(),
        ["observables TOO_MANY_OBSERVABLES"] = s => s.Observables.Add(Enumerable.Range(0, 64)
            .Select(i => new V1.Observable { Type = "ipv4-addr", Value = $"198.51.100.{i}" })),
        ["observables[1].value INVALID_IPV4_ADDR"] = s =>
            s.Observables.Add(new V1.Observable { Type = "ipv4-addr", Value = "x" }),
        ["observables[1].type UNKNOWN_OBSERVABLE_TYPE"] = s =>
            s.Observables.Add(new V1.Observable { Type = "colour", Value = "x" }),
        ["asset.id NO_ASSET_ID"] = s => s.Asset = new() { Sector = "energy" },
        ["asset.id TOO_LONG"] = s => s.Asset = new() { Id = new('x', 257) },
        ["asset.id CONTROL_CHARACTER"] = s => s.Asset = new() { Id = "a\nb" },
        ["asset.sector TOO_LONG"] = s => s.Asset = new() { Id = "a", Sector = new('é', 129) },
        ["asset.service CONTROL_CHARACTER"] = s => s.Asset = new() { Id = "a", Service = "\u0085" },
        ["asset.criticality TOO_LONG"] = s => s.Asset = new() { Id = "a", Criticality = new('x', 257) },
        ["asset.software TOO_MANY_SOFTWARE"] = s =>
            s.Asset = new() { Id = "a", Software = { Enumerable.Repeat("x", 33) } },
        ["asset.software[1] TOO_LONG"] = s => s.Asset = new() { Id = "a", Software = { "x", new string('x', 257) } },
        ["asset.supplier CONTROL_CHARACTER"] = s => s.Asset = new() { Id = "a", Supplier = "\u007f" },
        ["first_seen TIME_MISSING"] = s => s.FirstSeen = null,
        ["first_seen INVALID_TIME nanos"] = s => s.FirstSeen.Nanos = 1_000_000_000,
        ["first_seen INVALID_TIME negative nanos"] = s => s.FirstSeen.Nanos = -1,
        ["first_seen INVALID_TIME seconds"] = s => s.FirstSeen.Seconds = long.MaxValue,
        ["first_seen BEFORE_2000"] = s => s.FirstSeen = new Timestamp { Seconds = 946_684_799, Nanos = 999_999_999 },
        ["first_seen TIME_ORDER"] = s => s.FirstSeen = Samples.At(TimeSpan.FromMinutes(-59)),
        ["last_seen TIME_MISSING"] = s => s.LastSeen = null,
        ["last_seen TOO_FAR_IN_FUTURE"] = s =>
            s.LastSeen = Samples.At(TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1)),
        ["last_seen OLDER_THAN_RETENTION"] = s =>
            s.LastSeen = s.FirstSeen = Samples.At(TimeSpan.FromDays(-400) - TimeSpan.FromMilliseconds(1)),
        ["kind NO_KIND"] = s => s.Kind = V1.Kind.Unspecified,
        ["kind UNKNOWN_KIND"] = s => s.Kind = (V1.Kind)4,
        ["kind UNKNOWN_KIND negative"] = s => s.Kind = (V1.Kind)(-1),
        ["confidence CONFIDENCE_OUT_OF_RANGE"] = s => s.Confidence = 101,
        ["admiralty INVALID_ADMIRALTY"] = s => (s.Confidence, s.Admiralty) = (0, "G1"),
        ["admiralty INVALID_ADMIRALTY digit"] = s => (s.Confidence, s.Admiralty) = (0, "A7"),
        ["admiralty INVALID_ADMIRALTY letter alone"] = s => (s.Confidence, s.Admiralty) = (0, "A"),
        ["admiralty INVALID_ADMIRALTY lower case"] = s => (s.Confidence, s.Admiralty) = (0, "b2"),
        ["admiralty INVALID_ADMIRALTY long"] = s => (s.Confidence, s.Admiralty) = (0, "B2 "),
        ["admiralty CONFIDENCE_AND_ADMIRALTY"] = s => s.Admiralty = "A1",
        ["marking.tlp NO_TLP no marking"] = s => s.Marking = null,
        ["marking.tlp NO_TLP"] = s => s.Marking = new(),
        ["marking.tlp UNKNOWN_TLP"] = s => s.Marking.Tlp = (V1.Tlp)6,
        ["marking.pap UNKNOWN_PAP"] = s => s.Marking.Pap = (V1.Pap)5,
        ["marking.attribution UNKNOWN_ATTRIBUTION"] = s => s.Marking.Attribution = (V1.Attribution)3,
        ["marking.recipients TOO_MANY_RECIPIENTS"] = s =>
            s.Marking.Recipients.Add(Enumerable.Repeat("organisation:nsoc.de", 65)),
        ["marking.recipients[0] INVALID_RECIPIENT"] = s => s.Marking.Recipients.Add("nsoc.de"),
        ["marking.recipients[0] TOO_LONG"] = s => s.Marking.Recipients.Add("organisation:" + new string('x', 244)),
        ["marking.recipients TOO_LONG together"] = s =>
            s.Marking.Recipients.Add(Enumerable.Range(0, 17).Select(i => $"person:{i:00}{new string('x', 224)}@nsoc.de")),
        ["marking.recipients[1] RECIPIENT_NOT_FOUND unknown"] = s =>
            s.Marking.Recipients.Add(["organisation:nsoc.de", "organisation:nobody"]),
        ["marking.recipients[0] RECIPIENT_NOT_FOUND foreign community"] = s =>
            s.Marking.Recipients.Add("community:isac-energy"),
        ["marking.recipients[0] RECIPIENT_NOT_FOUND no community"] = s => s.Marking.Recipients.Add("community:nothing"),
        ["marking.recipients[0] RECIPIENT_NOT_FOUND person"] = s => s.Marking.Recipients.Add("person:ann@nobody"),
        ["marking.embargo_until INVALID_TIME"] = s => s.Marking.EmbargoUntil = new() { Nanos = -5 },
        ["marking.expires_at EXPIRES_BEFORE_EMBARGO"] = s =>
            (s.Marking.EmbargoUntil, s.Marking.ExpiresAt) = (Samples.At(TimeSpan.Zero), Samples.At(TimeSpan.Zero)),
        ["techniques[0] INVALID_TECHNIQUE"] = s => s.Techniques.Add("T107"),
        ["techniques[1] INVALID_TECHNIQUE"] = s => s.Techniques.Add(["T1071", "T1071.0011"]),
        ["techniques[0] INVALID_TECHNIQUE digits"] = s => s.Techniques.Add("T٣٣٣٣"),
        ["techniques TOO_MANY_TECHNIQUES"] = s => s.Techniques.Add(Enumerable.Range(1000, 33).Select(i => $"T{i}")),
        ["description TOO_LONG"] = s => s.Description = new('x', 4097),
        ["description CONTROL_CHARACTER"] = s => s.Description = "a\u0000b",
        ["source_ref TOO_LONG"] = s => s.SourceRef = new('x', 257),
        ["source_ref CONTROL_CHARACTER"] = s => s.SourceRef = "a\tb",
    };

    public static TheoryData<string> Names => [.. Offences.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Read_OneBadField_IsRefusedWithFieldAndReason(string name)
    {
        var sighting = Samples.Sighting();
        Offences[name](sighting);
        var rejection = Read(sighting).Rejections.ShouldHaveSingleItem();
        var expected = name.Split(' ');
        (rejection.Field, rejection.ReasonCode).ShouldBe((expected[0], expected[1]));
        rejection.Message.Length.ShouldBeInRange(10, 300);
    }

    [Fact]
    public void Read_UnknownAndInvisibleRecipients_GiveOneAnswer()
    {
        static V1.Rejection Refuse(string recipient)
        {
            var sighting = Samples.Sighting();
            sighting.Marking.Recipients.Add(recipient);
            return Read(sighting).Rejections.ShouldHaveSingleItem();
        }
        var unknown = Refuse("community:nothing");
        Refuse("community:isac-energy").ShouldBe(unknown);
        Refuse("organisation:nobody").ShouldBe(unknown);
    }

    [Fact]
    public void Read_GoodSighting_IsCanonicalWithDefaultsResolved()
    {
        var message = Samples.Sighting();
        message.Count = 0;
        message.Observables.Add([
            new() { Type = "domain-name", Value = "Example.ORG." }, new() { Type = "ipv4-addr", Value =
                "192[.]0.2.1" }]);
        message.Techniques.Add(["T1071.001", "T1071", "T1071"]);
        message.Description = "two\nlines\tand a tab";
        message.FirstSeen.Nanos = 1_999_999;

        var sighting = ReadOne(message);

        sighting.Observables.Select(o => o.Text).ShouldBe(["192.0.2.1", "example.org"]);
        sighting.Techniques.ShouldBe(["T1071", "T1071.001"]);
        sighting.Count.ShouldBe(1u);
        sighting.FirstSeen.ShouldBe(Samples.Now - 7_200_000 + 1);
        sighting.Marking.ShouldBe(new Marking(Tlp.Amber, Pap.Green, Attribution.Jurisdiction, [], null, null));
        sighting.Description.ShouldBe("two\nlines\tand a tab");
    }

    [Theory]
    [InlineData("A1", 90)]
    [InlineData("A2", 70)]
    [InlineData("B2", 53)]
    [InlineData("C3", 25)]
    [InlineData("D4", 8)]
    [InlineData("E5", 1)]
    [InlineData("F1", 45)]
    [InlineData("A6", 0)]
    [InlineData("F6", 0)]
    public void Read_AdmiraltyCode_IsTheContentOfTheConfidenceThatItStandsFor(string code, int confidence)
    {
        var (coded, said) = (Samples.Sighting(), Samples.Sighting());
        (coded.Confidence, coded.Admiralty, said.Confidence) = (0, code, (uint)confidence);
        ReadOne(coded).Confidence.ShouldBe((byte)confidence);
        Read(coded).Batch!.Content.ToArray().ShouldBe(Read(said).Batch!.Content.ToArray());
    }

    [Fact]
    public void Read_ManyRepeatedObservables_AreDropped()
    {
        var message = Samples.Sighting();
        message.Observables.Add(Enumerable.Repeat(message.Observables[0], 500));
        ReadOne(message).Observables.Length.ShouldBe(1);
    }

    [Fact]
    public void Read_DifferentMarkingsInTurn_KeepTheirOwn()
    {
        var tlps = new[] { V1.Tlp.Amber, V1.Tlp.Red, V1.Tlp.Amber, V1.Tlp.Clear, V1.Tlp.Red };
        var sightings = tlps.Select((tlp, i) =>
        {
            var sighting = Samples.Sighting(i);
            sighting.Marking.Tlp = tlp;
            return sighting;
        });
        var batch = BatchReader.Read(Samples.Batch(1, sightings), Samples.Terms, new()).Batch!;
        var markings = SightingItem.ReadMarkings(batch.Markings.Span);
        markings.Length.ShouldBe(3);
        Enumerable.Range(0, 5).Select(i => (int)new SightingItem(batch.Item(i).Span).ToSighting(markings).Marking.Tlp)
            .ShouldBe(tlps.Select(tlp => (int)tlp));
    }

    private static BatchRead Read(V1.Sighting sighting) =>
        BatchReader.Read(Samples.Batch(1, sighting), Samples.Terms, new());

    private static Sighting ReadOne(V1.Sighting message)
    {
        var read = Read(message);
        read.Rejections.ShouldBeEmpty();
        return new SightingItem(read.Batch!.Item(0).Span)
            .ToSighting(SightingItem.ReadMarkings(read.Batch.Markings.Span));
    }
}
