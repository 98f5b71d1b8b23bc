using CrossBorderSoc.Client.Ndjson;
using CrossBorderSoc.V1;

namespace CrossBorderSoc.Tests.Bench.Traffic;

/// <summary>The real sightings, each pass under fresh identifiers, as their owners' streams.</summary>
internal static class RealStream
{
    private const int BatchSightings = 256;

    public static async Task<Stream> Read(string file, IReadOnlyList<Owner> organisations)
    {
        var byOwner = new Dictionary<string, List<Sighting>>();
        await using var source = File.OpenRead(file);
        await foreach (var row in NdjsonReader.ReadAsync(source))
        {
            var sighting = row.Sighting ?? throw new InvalidDataException($"{file}:{row.Line}: {row.Refusal}");
            if (!byOwner.TryGetValue(row.Owner, out var list)) byOwner[row.Owner] = list = [];
            list.Add(sighting);
        }
        return new("real", [.. organisations.Where(o => byOwner.ContainsKey(o.Id))
            .Select(o => new OwnerTraffic(o, [.. byOwner[o.Id].Chunk(BatchSightings).Select(Template)]))]);
    }

    private static BatchTemplate Template(Sighting[] sightings) =>
        BatchTemplate.Of(new SightingBatch { Sightings = { sightings } }, freshValues: false);
}
