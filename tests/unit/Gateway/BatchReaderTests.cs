using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Gateway.Intake;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class BatchReaderTests
{
    [Fact]
    public void Acknowledge_RefusalsOfBothSides_CarryTheClientsPlaces()
    {
        var batch = Samples.Batch(7, Enumerable.Range(0, 6).Select(Samples.Sighting));
        batch.Sightings[1].Confidence = 200;
        batch.Sightings[4].Id = new string('x', 100);
        var read = BatchReader.Read(batch, Samples.Terms, new());
        read.Batch!.Count.ShouldBe(4);

        // The ledger's places 1 and 3 are the client's 2 and 5.
        var ack = BatchReader.Acknowledge(
            batch, read, new(1, 1, [new(3, LedgerRefusal.TooManyMarkings), new(1, LedgerRefusal.IdConflict)]));

        (ack.Sequence, ack.Accepted, ack.Duplicates).ShouldBe((7ul, 1u, 1u));
        ack.Rejections.Select(r => (r.Index, r.Field, r.ReasonCode)).ShouldBe([
            (1u, "confidence", "CONFIDENCE_OUT_OF_RANGE"), (2u, "id", "ID_CONFLICT"), (4u, "id", "INVALID_ID"),
            (5u, "marking", "TOO_MANY_MARKINGS")]);
        ack.Rejections[1].SightingId.ShouldBe(batch.Sightings[2].Id);
        ack.Rejections[2].SightingId.ShouldBe(new string('x', 64));
    }

    [Fact]
    public void Acknowledge_AllGood_KeepsPlaces()
    {
        var batch = Samples.Batch(1, Enumerable.Range(0, 3).Select(Samples.Sighting));
        var read = BatchReader.Read(batch, Samples.Terms, new());
        BatchReader.Acknowledge(batch, read, new(2, 0, [new(2, LedgerRefusal.IdConflict)])).Rejections
            .ShouldHaveSingleItem().Index.ShouldBe(2u);
    }

    [Fact]
    public void Read_NothingGood_HasNoBatch() =>
        BatchReader.Read(Samples.Batch(1, new V1.Sighting()), Samples.Terms, new()).Batch.ShouldBeNull();

    [Theory]
    [InlineData("aé", 2, "a")]
    [InlineData("aé", 3, "aé")]
    [InlineData("😀😀", 7, "😀")]
    public void Cut_NeverSplitsACharacter(string text, int bytes, string expected) =>
        Texts.Cut(text, bytes).ShouldBe(expected);
}
