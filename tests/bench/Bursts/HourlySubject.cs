using System.Collections.Immutable;
using CrossBorderSoc.Client.Ndjson;
using CrossBorderSoc.Contracts.Bursts;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Tests.Bench.Bursts;

/// <summary>A subject of the real stream by hours since 1970 in which it was last seen, oldest first, with counts.</summary>
internal sealed record HourlySubject(string Group, SortedDictionary<long, long> Counts)
{
    private const long HourMilliseconds = 3_600_000;

    /// <summary>The first hour.</summary>
    public long First { get; } = Counts.Keys.First();

    /// <summary>Every indicator, technique and sector of a file of sightings, of the positive ones.</summary>
    public static async Task<List<HourlySubject>> Read(string file)
    {
        var byName = new Dictionary<(string Group, string Name), SortedDictionary<long, long>>();
        await using var source = File.OpenRead(file);
        await foreach (var row in NdjsonReader.ReadAsync(source))
        {
            var sighting = row.Sighting ?? throw new InvalidDataException($"{file}:{row.Line}: {row.Refusal}");
            if (sighting.Kind is not (V1.Kind.Positive or V1.Kind.Unspecified)) continue;
            var hour = sighting.LastSeen.Seconds / 3_600;
            var names = sighting.Observables.Select(one => ("indicator", $"{one.Type} {one.Value}"))
                .Concat(sighting.Techniques.Select(technique => ("technique", technique)));
            if (sighting.Asset is { } asset && TrendName.OfSector(asset.Sector) is { } sector) names = names.Append(("sector", sector.Text));
            foreach (var name in names.Distinct())
            {
                if (!byName.TryGetValue(name, out var counts)) byName[name] = counts = [];
                counts[hour] = counts.GetValueOrDefault(hour) + Math.Max(1, sighting.Count);
            }
        }
        return [.. byName.OrderBy(each => each.Key.Group, StringComparer.Ordinal).ThenBy(each => each.Key.Name, StringComparer.Ordinal)
            .Select(each => new HourlySubject(each.Key.Group, each.Value))];
    }

    /// <summary>The same with more in some hours.</summary>
    public HourlySubject With(IEnumerable<KeyValuePair<long, long>> more)
    {
        var counts = new SortedDictionary<long, long>(Counts);
        foreach (var (hour, count) in more) counts[hour] = counts.GetValueOrDefault(hour) + count;
        return new(Group, counts);
    }

    /// <summary>
    /// The hours from one on that are called unusual while they are the present one, each with the first hour of its burst: only what was
    /// seen by then counts.
    /// </summary>
    public IEnumerable<(long Since, long Hour)> Alarms(long from)
    {
        var cells = Counts.Select(each => new HourCount(each.Key * HourMilliseconds, SightingKind.Positive, each.Value)).ToImmutableArray();
        for (var i = 0; i < cells.Length; i++)
        {
            var start = cells[i].Hour;
            if (start < from * HourMilliseconds) continue;
            if (Burst.Of(cells[..(i + 1)], start) is { } burst && burst.Since + burst.Hours * HourMilliseconds > start)
                yield return (burst.Since / HourMilliseconds, start / HourMilliseconds);
        }
    }
}
