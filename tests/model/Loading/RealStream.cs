using System.IO.Compression;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Loading;

/// <summary>Reads sightings in the NDJSON of files, and the real stream of a folder with its consortium.</summary>
public static class RealStream
{
    /// <summary>
    /// The world of a folder that holds <c>sightings.ndjson.gz</c>, <c>organisations.json</c> and
    /// <c>agreements.json</c>, at an
    /// instant at which everything has been accepted. Values in the file are as written: <paramref name="canonical"/>
    /// makes
    /// type and text of one canonical.
    /// </summary>
    public static World Load(
        string folder, DateTimeOffset now, Func<string, string, (string Type, string Value)> canonical)
    {
        using var packed = File.OpenRead(Path.Combine(folder, "sightings.ndjson.gz"));
        using var file = new GZipStream(packed, CompressionMode.Decompress);
        using var lines = new StreamReader(file);
        return new World([Consortium.Load(folder)], Read(lines, now, canonical), now);
    }

    /// <summary>One sighting a line, accepted at an instant under version 1.</summary>
    public static IReadOnlyList<Sighting> Read(
        TextReader lines, DateTimeOffset acceptedAt, Func<string, string, (string Type, string Value)> canonical)
    {
        var sightings = new List<Sighting>();
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            var row = Json.Read<SightingRow>(line);
            sightings.Add(row.ToModel(
                [.. row.Observables.Select(each => Canonical(each, canonical)).Distinct().Order()], acceptedAt, 1));
        }

        return sightings;
    }

    private static Observable Canonical(ObservableRow row, Func<string, string, (string Type, string Value)> canonical)
    {
        var (type, value) = canonical(row.Type, row.Value);
        return new(type, value);
    }
}
