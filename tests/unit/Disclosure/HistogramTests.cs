using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Grains.Disclosure;
using CsCheck;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class HistogramTests
{
    [Fact]
    public void Add_AnyOrder_KeepsTheNewestHoursExactly() =>
        Gen.Select(Gen.Long[-3000, 3000], Gen.Long[1, 9]).Array[0, 6000].Sample(adds =>
        {
            var histogram = default(Histogram);
            foreach (var (hour, count) in adds) histogram.Add((hour * Samples.Hour) + 17, count);
            var expected = adds.GroupBy(a => a.Item1).OrderByDescending(g => g.Key).Take(1024).OrderBy(g => g.Key)
                .Select(g => (g.Key * Samples.Hour, g.Sum(a => a.Item2)));
            Held(histogram).ShouldBe(expected);
            Held(Again(histogram)).ShouldBe(expected);
        }, iter: 60);

    [Fact]
    public void Add_InTheOrderOfTime_KeepsTheNewest()
    {
        var histogram = default(Histogram);
        for (var hour = 0L; hour < 100_000; hour++) histogram.Add(hour * Samples.Hour, 1);
        var held = Held(histogram);
        held.Count.ShouldBe(1024);
        held[0].ShouldBe(((100_000 - 1024) * Samples.Hour, 1));
    }

    [Fact]
    public void Hours_RoundTowardsTheRightSide()
    {
        Hours.Floor(-1).ShouldBe(-Samples.Hour);
        Hours.Ceiling(-1).ShouldBe(0);
        Hours.Floor(Samples.Hour).ShouldBe(Samples.Hour);
        Hours.Ceiling(Samples.Hour + 1).ShouldBe(2 * Samples.Hour);
        Hours.Ceiling(long.MaxValue).ShouldBe(long.MaxValue);
        Hours.Floor(long.MinValue).ShouldBe(long.MinValue);
    }

    private static List<(long Hour, long Count)> Held(Histogram histogram)
    {
        var held = new List<(long, long)>();
        foreach (var cell in histogram.Cells) held.Add((cell.Hour, cell.Count));
        return held;
    }

    private static Histogram Again(Histogram histogram)
    {
        var writer = new ByteWriter();
        histogram.Write(writer);
        var reader = new ByteReader(writer.Written);
        return Histogram.Read(ref reader);
    }
}
