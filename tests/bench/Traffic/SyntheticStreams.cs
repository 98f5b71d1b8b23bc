using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;

namespace CrossBorderSoc.Tests.Bench.Traffic;

/// <summary>
/// The hot stream (1,000 values) and the cold one (every sighting a new value): batches of 256, one observable per sighting, all
/// five TLP labels, times spread over a day.
/// </summary>
internal static class SyntheticStreams
{
    /// <summary>Values of the hot stream.</summary>
    public const int HotValues = 1_000;

    private const int BatchSightings = 256;
    private const int BatchesPerTurn = 8;
    private const int Kinds = 4;
    private const int Tlps = 5;
    private const int DaySeconds = 24 * 3600;

    public static Stream Hot(IEnumerable<Owner> owners, DateTimeOffset end) => Build("hot", owners, end, fresh: false);

    public static Stream Cold(IEnumerable<Owner> owners, DateTimeOffset end) => Build("cold", owners, end, fresh: true);

    private static Stream Build(string name, IEnumerable<Owner> owners, DateTimeOffset end, bool fresh)
    {
        var random = new Random(20260823);
        return new(name, [.. owners.Select(owner => new OwnerTraffic(owner,
            [.. Enumerable.Range(0, BatchesPerTurn).Select(_ => BatchTemplate.Of(Batch(random, end), fresh))]))]);
    }

    private static SightingBatch Batch(Random random, DateTimeOffset end)
    {
        var batch = new SightingBatch();
        for (var i = 0; i < BatchSightings; i++)
        {
            var kind = SyntheticValue.KindOf(i);
            var value = SyntheticValue.Text(kind, (ulong)random.Next(HotValues / Kinds));
            var last = end.AddSeconds(-random.Next(DaySeconds));
            batch.Sightings.Add(Sighting(SyntheticValue.TypeOf(kind), value, last.AddSeconds(-random.Next(3600)), last, random));
        }
        return batch;
    }

    private static Sighting Sighting(string type, string value, DateTimeOffset first, DateTimeOffset last, Random random) =>
        new()
        {
            Observables = { new Observable { Type = type, Value = value } },
            FirstSeen = Timestamp.FromDateTimeOffset(first),
            LastSeen = Timestamp.FromDateTimeOffset(last),
            Count = 1,
            Kind = Kind.Positive,
            Confidence = (uint)random.Next(101),
            Marking = new Marking { Tlp = Tlp.Clear + random.Next(Tlps) },
        };
}
