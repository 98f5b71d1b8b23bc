using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;

namespace CrossBorderSoc.Tests.Bench.Traffic;

/// <summary>Made-up streams, of one observable per sighting, with times spread over a day.</summary>
internal static class SyntheticStreams
{
    /// <summary>Sightings of a batch.</summary>
    public const int BatchSightings = 256;

    private const int HotValues = 1_000;
    private const int BatchesPerTurn = 8;
    private const int Kinds = 4;
    private const int Tlps = 5;
    private const int DaySeconds = 24 * 3600;

    /// <summary>Where a measured node's clock starts: behind the real stream, within its retention.</summary>
    public static readonly DateTimeOffset Clock = new(2026, 8, 23, 0, 0, 0, TimeSpan.Zero);

    /// <summary>1,000 values, five TLP labels.</summary>
    public static Stream Hot(IEnumerable<Owner> owners) => Mixed("hot", owners, freshValues: false);

    /// <summary>The same, but every sighting of a new value.</summary>
    public static Stream Cold(IEnumerable<Owner> owners) => Mixed("cold", owners, freshValues: true);

    /// <summary>Domain names of consecutive numbers, each as often as said, two TLP labels: a batch per run of values.</summary>
    public static Stream Values(IEnumerable<Owner> owners, ulong first, int values, int timesEach)
    {
        var random = new Random(42);
        var perBatch = Math.Max(1, BatchSightings / timesEach);
        return new("values", [.. owners.Select(owner => new OwnerTraffic(owner,
            [.. Enumerable.Range(0, values).Chunk(perBatch).Select(run => BatchTemplate.Of(
                new() { Sightings = { run.SelectMany(v => Repeated(first + (ulong)v, timesEach, random)) } }, false))]))]);
    }

    private static Stream Mixed(string name, IEnumerable<Owner> owners, bool freshValues)
    {
        var random = new Random(20260823);
        return new(name, [.. owners.Select(owner => new OwnerTraffic(owner,
            [.. Enumerable.Range(0, BatchesPerTurn).Select(_ => BatchTemplate.Of(MixedBatch(random), freshValues))]))]);
    }

    private static SightingBatch MixedBatch(Random random)
    {
        var batch = new SightingBatch();
        for (var i = 0; i < BatchSightings; i++)
            batch.Sightings.Add(Sighting(
                SyntheticValue.KindOf(i), (ulong)random.Next(HotValues / Kinds), Tlp.Clear + random.Next(Tlps), random));
        return batch;
    }

    private static IEnumerable<Sighting> Repeated(ulong number, int times, Random random) =>
        Enumerable.Range(0, times).Select(i =>
            Sighting(SyntheticValue.DomainName, number, i % 2 == 0 ? Tlp.Clear : Tlp.Green, random));

    private static Sighting Sighting(int kind, ulong number, Tlp tlp, Random random)
    {
        var last = Clock.AddSeconds(-random.Next(DaySeconds));
        return new()
        {
            Observables =
            {
                new Observable { Type = SyntheticValue.TypeOf(kind), Value = SyntheticValue.Text(kind, number) },
            },
            FirstSeen = Timestamp.FromDateTimeOffset(last.AddSeconds(-random.Next(3600))),
            LastSeen = Timestamp.FromDateTimeOffset(last),
            Count = 1,
            Kind = Kind.Positive,
            Confidence = (uint)random.Next(101),
            Marking = new Marking { Tlp = tlp },
        };
    }
}
