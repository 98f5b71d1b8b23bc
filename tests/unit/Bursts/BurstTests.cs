using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Bursts;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Tests.Unit.Disclosure;
using CsCheck;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;

namespace CrossBorderSoc.Tests.Unit.Bursts;

/// <summary>The detector by hand, by its laws, and against the model's (docs/bursts.md).</summary>
public class BurstTests
{
    private const long Noon = Samples.Noon;
    private const int Week = 7 * 24;

    // Hours before noon, or behind it, with counts: quiet or busy, in lumps, with something large near the end.
    private static readonly Gen<(int Ago, long Count)[]> Histograms = Gen.Select(
        Gen.Select(Gen.Int[0, 900], Gen.OneOf(Gen.Long[1, 4], Gen.Long[1, 30])).Array[0, 250],
        Gen.Select(Gen.Int[-2, 40], Gen.OneOf(Gen.Long[10, 60], Gen.Long[10, 400], Gen.Long[1, 4_000_000_000])).Array[0, 12],
        (usual, large) => usual.Concat(large).DistinctBy(each => each.Item1).ToArray());

    [Fact]
    public void Burst_QuietForAWeekThenMany_IsUnusual()
    {
        var burst = At(0, Usual(Week, every: 12).Append((Ago: 0, Count: 41L))).ShouldNotBeNull();
        (burst.Since, burst.Hours, burst.Observed).ShouldBe((Noon, 1, 41));
        burst.Expected.ShouldBeInRange(50, 150);
        burst.OneIn.ShouldBeGreaterThan(BurstConstants.HoursPerFalseAlarm);
    }

    [Fact]
    public void Burst_SeveralHoursInARow_IsOne()
    {
        var burst = At(0, Usual(Week, every: 12).Concat([(3, 40L), (2, 50L), (1, 60L)])).ShouldNotBeNull();
        (burst.Since, burst.Hours, burst.Observed).ShouldBe((Noon - 3 * Samples.Hour, 3, 150));
    }

    [Fact]
    public void Burst_AfterAnotherLikeIt_IsUnusualAgain() =>
        At(0, Usual(Week, every: 12).Concat([(49, 60L), (0, 60L)])).ShouldNotBeNull().Since.ShouldBe(Noon);

    [Theory]
    [InlineData(0, 9, false)]
    [InlineData(0, 60, true)]
    [InlineData(23, 60, true)]
    [InlineData(24, 60, false)]
    [InlineData(-1, 60, false)]
    public void Burst_IsToldOfEnough_AndForADay(int ago, long count, bool isTold) =>
        At(0, Usual(Week, every: 12).Append((ago, count))).HasValue.ShouldBe(isTold);

    [Theory]
    [InlineData(71, false)]
    [InlineData(72, true)]
    public void Burst_OfTooLittleHistory_IsNone(int hours, bool isTold) =>
        At(0, [(hours, 1L), (0, 60L)]).HasValue.ShouldBe(isTold);

    [Theory]
    [InlineData(400, false)]
    [InlineData(2_000, true)]
    public void Burst_OfWhatIsBusyAnyway_NeedsMoreThanItsOwnMovement(long count, bool isTold) =>
        At(0, Usual(2 * Week, every: 1, count: 300).Append((0, count))).HasValue.ShouldBe(isTold);

    [Fact]
    public void Burst_OfOtherKinds_IsNone() =>
        Burst.Of([.. Cells(Usual(Week, every: 12).Append((0, 60L))).Select(cell => cell with { Kind = SightingKind.FalsePositive })], Noon)
            .ShouldBeNull();

    [Fact]
    public void Burst_ThatLasts_BecomesUsualWithinDays()
    {
        var level = Usual(5 * Week, every: 12, until: Week).Concat(Enumerable.Range(0, Week).Select(ago => (ago, 50L))).ToList();
        At(Week - 1, level).HasValue.ShouldBeTrue();
        At(Week - 12, level).ShouldNotBeNull().Hours.ShouldBeGreaterThan(3);
        At(0, level).HasValue.ShouldBeFalse();
    }

    [Fact]
    public void Burst_ChangesAtFullHoursOnly() => Histograms.Sample(histogram =>
        Burst.Of(Cells(histogram), Noon + Samples.Hour - 1).ShouldBe(Burst.Of(Cells(histogram), Noon)));

    [Fact]
    public void Burst_WhatComesLater_DoesNotCount() => Histograms.Sample(histogram => At(5, histogram).ShouldBe(
        At(5, histogram.Where(each => each.Ago >= 5))));

    [Fact]
    public void Burst_IsTheModels()
    {
        var found = 0;
        Histograms.Sample(histogram =>
        {
            var cells = Cells(histogram);
            var burst = Burst.Of(cells, Noon);
            var model = M.Bursts.Burst.Of(
                cells.Select(cell => (ModelMapping.Instant(cell.Hour), cell.Kind.ToModel(), (ulong)cell.Count)), ModelMapping.Instant(Noon));
            if (burst is { } told) Interlocked.Increment(ref found);
            (burst is { } one ? (one.Since, one.Hours, (ulong)one.Observed, one.Expected, one.OneIn) : default).ShouldBe(
                model is null
                    ? default
                    : (model.Since.ToUnixTimeMilliseconds(), model.Hours, model.Observed, model.ExpectedThousandths, model.OneIn));
        }, iter: 20_000);
        found.ShouldBeGreaterThan(2_000);
    }

    // Geometric: the chance of so many or more is a power.
    [Theory]
    [InlineData(8, 40)]
    [InlineData(20, 100)]
    public void Chance_OfAGeometricCount_IsAPower(double mean, int count)
    {
        var ratio = mean / (mean + 1);
        BurstChance.OfAtLeast(count, mean, mean + mean * mean, bound: 1).ShouldNotBeNull()
            .ShouldBe(Math.Pow(ratio, count), 1e-7 * Math.Pow(ratio, count));
    }

    // Lumps of 1 to 6 at one instant, at a steady rate: twice as spread as the detector takes for granted at least.
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(3)]
    public void FalseAlarms_OfASteadySubject_AreRarerThanSaid(double eventsPerHour)
    {
        var (random, alarms, hours) = (new Random(20261128), 0, 400_000);
        var history = new BurstHistory();
        for (var hour = 0; hour < hours; hour++)
        {
            var count = 0L;
            for (var left = random.NextDouble(); left > Math.Exp(-eventsPerHour); left *= random.NextDouble()) count += random.Next(1, 7);
            if (count > 0 && history.Add(hour, count) is not null) alarms++;
        }
        alarms.ShouldBeLessThanOrEqualTo((int)(hours / BurstConstants.HoursPerFalseAlarm));
    }

    private static Burst? At(int ago, IEnumerable<(int Ago, long Count)> histogram) =>
        Burst.Of(Cells(histogram), Noon - ago * Samples.Hour);

    private static IEnumerable<(int Ago, long Count)> Usual(int hours, int every, long count = 1, int until = 0) =>
        Enumerable.Range(1, (hours - until) / every).Select(number => (until + number * every, count));

    private static ImmutableArray<HourCount> Cells(IEnumerable<(int Ago, long Count)> histogram) =>
    [
        .. histogram.OrderByDescending(each => each.Ago)
            .Select(each => new HourCount(Noon - each.Ago * Samples.Hour, SightingKind.Positive, each.Count)),
    ];
}
