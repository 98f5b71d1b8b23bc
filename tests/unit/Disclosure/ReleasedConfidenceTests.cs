using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>Confidence on its way: in rows, of whatever age, and in what leaves a jurisdiction.</summary>
public class ReleasedConfidenceTests
{
    private static readonly Observable Address = new(ObservableType.Ipv4Addr, "192.0.2.1");

    [Fact]
    public void Release_AddsUpAnHour_WithItsHighestConfidence()
    {
        var statements = new ReleasedStatements();
        var compartment = Samples.In("a.be", Samples.Marked(Tlp.Green), Samples.Ip);
        var batch = Batch((Samples.Noon, 10), (Samples.Noon + 1, 90), (Samples.Noon + 2, 40), (Samples.Noon + Samples.Hour, 20));
        for (var i = 0; i < batch.Count; i++) statements.Add(compartment, new(batch.Item(i).Span), Samples.Ip);
        var released = statements.Build().Statements;
        Enumerable.Range(0, released.Count).Select(i => Read(released, i)).ShouldBe(
            [(Samples.Noon, 3u, (byte)90), (Samples.Noon + Samples.Hour, 1u, (byte)20)], ignoreOrder: true);
    }

    [Fact]
    public void Fragment_KeepsConfidence_InOneByteMore()
    {
        var (said, unsaid) = (Written(70), Written(0));
        said.Length.ShouldBe(unsaid.Length + 1);
        new Fragment(said).Confidence.ShouldBe((byte)70);
        new Fragment(unsaid).Confidence.ShouldBe((byte)0);
        new Fragment(said).Compartment.ToArray().ShouldBe(new Fragment(unsaid).Compartment.ToArray());
    }

    [Fact]
    public void Fragment_OfBeforeConfidence_IsReadWithoutIt()
    {
        var writer = new ByteWriter();
        writer.Byte(1);
        writer.VarUInt(3);
        writer.VarUInt(5);
        writer.VarInt(Samples.Noon);
        writer.VarUInt(60);
        writer.Raw("compartment"u8);
        var old = new Fragment(writer.Written);
        (old.IsPlain, old.ItemIndex, old.Count, old.LastSeen, old.FirstSeen, old.Confidence)
            .ShouldBe((true, 3, 5ul, Samples.Noon, Samples.Noon - 60, (byte)0));
        old.Compartment.ToArray().ShouldBe("compartment"u8.ToArray());
    }

    private static byte[] Written(byte confidence)
    {
        var writer = new ByteWriter();
        Fragment.Write(writer, 3, new(Batch((Samples.Noon, confidence)).Item(0).Span), "compartment"u8);
        return writer.ToArray();
    }

    private static (long Last, uint Count, byte Confidence) Read(SightingBatch batch, int index)
    {
        var item = new SightingItem(batch.Item(index).Span);
        return (item.LastSeen, item.Count, item.Confidence);
    }

    private static SightingBatch Batch(params (long Last, byte Confidence)[] said)
    {
        var builder = new SightingBatchBuilder(said.Length);
        var marking = builder.AddMarking(Samples.Marked(Tlp.Green));
        foreach (var (last, confidence) in said)
            builder.Add(new()
            {
                MarkingIndex = marking,
                Kind = SightingKind.Positive,
                FirstSeen = last,
                LastSeen = last,
                Confidence = confidence,
                Observables = { Address },
            });
        return builder.Build();
    }
}
