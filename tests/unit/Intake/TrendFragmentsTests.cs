using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Ledger;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Intake;

/// <summary>What a sighting adds to techniques and sectors: a few bytes, in few compartments; and of one without any, nothing.</summary>
public sealed class TrendFragmentsTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void Preparation_OfOneWithoutTechniqueAndAsset_HasNothingMore()
    {
        var batch = Pushed.Batch("cert.be", Pushed.Sighting(1) with { Asset = null, Techniques = [] });
        batch.Fragments.ShouldHaveSingleItem().Family.ShouldBe(SubjectFamily.Indicator);
    }

    [Fact]
    public void Preparation_OfOneWithAll_CountsForEachTechniqueAndTheSector()
    {
        var batch = Pushed.Batch("cert.be", Pushed.Sighting(1, "198.51.100.7", "198.51.100.8") with { Techniques = ["T1190", "T1566"] });
        batch.Fragments.Select(each => each.Family).ShouldBe([
            SubjectFamily.Indicator, SubjectFamily.Indicator, SubjectFamily.Asset, SubjectFamily.Joined, SubjectFamily.Technique,
            SubjectFamily.Technique, SubjectFamily.Sector]);
        batch.Fragments[^1].Subject.ShouldBe(Digest.Of(TrendName.OfSector(" ENERGY")!.Value));
        foreach (var trend in batch.Fragments.Skip(4))
        {
            var fragment = Read(batch, trend);
            fragment.IsPlain.ShouldBeTrue("no record is read for it");
            (fragment.Count, fragment.FirstSeen, fragment.LastSeen).ShouldBe((3ul, 1_000, 2_000));
        }
    }

    [Fact]
    public void Preparation_OfLabelsAndBoundsThatDecideAlike_IsOneCompartment()
    {
        var marking = Pushed.Marking() with { EmbargoUntil = Hour + 1, ExpiresAt = 5 * Hour };
        var alike = marking with { EmbargoUntil = 2 * Hour, ExpiresAt = 6 * Hour - 1, Pap = Pap.Red, Attribution = Attribution.Jurisdiction };
        var other = marking with { EmbargoUntil = 2 * Hour + 1 };
        Compartments(marking, alike).ShouldBe(1);
        Compartments(marking, other).ShouldBe(2);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(" \t", null)]
    [InlineData(" Énergie ", "énergie")]
    [InlineData("drinking  water", "drinking  water")]
    public void Sector_OfText_IsTrimmedAndInLowerCase(string text, string? name) => TrendName.OfSector(text)?.Text.ShouldBe(name);

    private static int Compartments(params Marking[] markings)
    {
        var batch = Pushed.Batch("cert.be", markings.Select((marking, number) => Pushed.Sighting(number) with { Marking = marking }));
        return batch.Fragments.Where(each => each.Family == SubjectFamily.Sector)
            .Select(each => Convert.ToHexString(Read(batch, each).Compartment)).Distinct().Count();
    }

    private static Fragment Read(PreparedBatch batch, in PreparedFragment fragment) =>
        new(batch.FragmentContent.Span.Slice(fragment.Start, fragment.Length));
}
