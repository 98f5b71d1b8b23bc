using CrossBorderSoc.Client.Ndjson;
using CrossBorderSoc.V1;

namespace CrossBorderSoc.Tests.Bench.Traffic;

/// <summary>The real sightings, each pass under fresh identifiers, as their owners' streams.</summary>
internal static class RealStream
{
    private const int BatchSightings = 256;

    public static Task<Stream> Read(string file, IReadOnlyList<Owner> organisations) =>
        Read("real", file, organisations, sighting => [sighting]);

    /// <summary>The same, each sighting once for each of its observables, with that one alone: as much is seen, and nothing beside it.</summary>
    public static Task<Stream> ReadApart(string file, IReadOnlyList<Owner> organisations) =>
        Read("apart", file, organisations, sighting => sighting.Observables.Select(one => Of(sighting, one)));

    /// <summary>The same, each sighting with its first observable only.</summary>
    public static Task<Stream> ReadAlone(string file, IReadOnlyList<Owner> organisations) =>
        Read("alone", file, organisations, sighting => [Of(sighting, sighting.Observables[0])]);

    private static Sighting Of(Sighting sighting, Observable one)
    {
        var alone = sighting.Clone();
        alone.Observables.Clear();
        alone.Observables.Add(one);
        return alone;
    }

    private static async Task<Stream> Read(
        string name, string file, IReadOnlyList<Owner> organisations, Func<Sighting, IEnumerable<Sighting>> change)
    {
        var byOwner = new Dictionary<string, List<Sighting>>();
        await using var source = File.OpenRead(file);
        await foreach (var row in NdjsonReader.ReadAsync(source))
        {
            var sighting = row.Sighting ?? throw new InvalidDataException($"{file}:{row.Line}: {row.Refusal}");
            if (!byOwner.TryGetValue(row.Owner, out var list)) byOwner[row.Owner] = list = [];
            list.AddRange(change(sighting));
        }
        return new(name, [.. organisations.Where(o => byOwner.ContainsKey(o.Id))
            .Select(o => new OwnerTraffic(o, [.. byOwner[o.Id].Chunk(BatchSightings).Select(Template)]))]);
    }

    private static BatchTemplate Template(Sighting[] sightings) =>
        BatchTemplate.Of(new SightingBatch { Sightings = { sightings } }, freshValues: false);
}
