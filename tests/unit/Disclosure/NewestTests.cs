using System.Diagnostics;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Grains.Disclosure;
using CsCheck;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class NewestTests
{
    private const int Keep = 5;

    private static readonly Gen<(string Text, long Last)[]> Adds = Gen.Select(
        Gen.Int[0, 120].Select(n => $"v{n:000}"), Gen.OneOf(
            Gen.Long[-6 * Samples.Hour, 6 * Samples.Hour], Gen.Long[0, 3]))
        .Array[0, 400];

    [Fact]
    public void Add_AnyOrder_KeepsTheNewestInBothOrders() => Adds.Sample(adds =>
    {
        var newest = new Newest(Keep);
        foreach (var (text, last) in adds) newest.Add(text, last);
        newest.Entries.Length.ShouldBeLessThanOrEqualTo(8 * Keep);
        var all = adds.GroupBy(a => a.Text).Select(g => (Text: g.Key, Last: g.Max(a => a.Last))).ToList();
        Top(Held(newest), exact: true).ShouldBe(Top(all, exact: true));
        Top(Held(newest), exact: false).ShouldBe(Top(all, exact: false));
    });

    [Fact]
    public void Add_ShuffledAndInParts_WritesTheSameBytes() =>
        Gen.Select(Adds, Gen.Int[0, 400], Gen.Int).Sample((adds, at, seed) =>
    {
        if (adds.Length == 0) return;
        var whole = new Newest(Keep);
        foreach (var (text, last) in adds) whole.Add(text, last);
        var shuffled = adds.ToArray();
        new Random(seed).Shuffle(shuffled);
        var (one, two) = (new Newest(Keep), new Newest(Keep));
        foreach (var (text, last) in shuffled[..Math.Min(at, adds.Length)]) one.Add(text, last);
        foreach (var (text, last) in shuffled[Math.Min(at, adds.Length)..]) two.Add(text, last);
        two.Merge(one);
        Bytes(two).ShouldBe(Bytes(whole));
        var reader = new ByteReader(Bytes(whole));
        Bytes(Newest.Read(ref reader, Keep)).ShouldBe(Bytes(whole));
    });

    [Fact]
    public void Add_MillionDistinct_StaysBoundedWithinSeconds()
    {
        var texts = Enumerable.Range(0, 1_000_000).Select(n => $"value-{n}").ToArray();
        var newest = new Newest(100);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < texts.Length; i++) newest.Add(texts[i], i * 10L);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        newest.Entries.Length.ShouldBeLessThanOrEqualTo(800);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"1,000,000 distinct, ascending: {clock.ElapsedMilliseconds} ms");
    }

    private static List<(string Text, long Last)> Held(Newest newest)
    {
        var held = new List<(string, long)>();
        foreach (var entry in newest.Entries) held.Add((entry.Text, entry.Last));
        return held;
    }

    private static List<(string Text, long Last)> Top(List<(string Text, long Last)> all, bool exact) =>
        [.. all.Select(a => (a.Text, Last: exact ? a.Last : Hours.Floor(a.Last)))
            .OrderByDescending(a => a.Last).ThenBy(a => a.Text, StringComparer.Ordinal).Take(Keep)];

    private static byte[] Bytes(Newest newest)
    {
        var writer = new ByteWriter();
        newest.Write(writer);
        return writer.ToArray();
    }
}
