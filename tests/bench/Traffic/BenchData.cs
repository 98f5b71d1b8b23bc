using System.Text.Json;

namespace CrossBorderSoc.Tests.Bench.Traffic;

/// <summary>An organisation of the consortium that reports.</summary>
internal readonly record struct Owner(string Id, string Jurisdiction);

/// <summary>The consortium and the real stream: beside the repository, or the part of it that ships with it.</summary>
internal sealed class BenchData
{
    private static readonly string[] Places =
        ["tests/data/cross-border-2026", "shared/data/cross-border-2026"];

    private readonly Dictionary<string, Owner> _byId;

    private BenchData(string directory, string? stream, IReadOnlyList<Owner> organisations)
    {
        (Consortium, RealStream, Organisations) = (directory, stream, organisations);
        _byId = organisations.ToDictionary(o => o.Id);
    }

    /// <summary>The directory with <c>organisations.json</c> and <c>agreements.json</c>.</summary>
    public string Consortium { get; }

    /// <summary>NDJSON of real sightings (maybe gzip), or null.</summary>
    public string? RealStream { get; }

    /// <summary>Every organisation, in the file's order.</summary>
    public IReadOnlyList<Owner> Organisations { get; }

    /// <summary>The organisation of an identifier.</summary>
    public Owner OrganisationOf(string id) => _byId[id];

    public static BenchData Find()
    {
        var consortium = Search(directory => File.Exists(Path.Combine(directory, "organisations.json")))
            ?? throw new InvalidOperationException("No organisations.json in any of: " + string.Join(", ", Places));
        var stream = Search(directory => StreamIn(directory) is not null) is { } with ? StreamIn(with) : null;
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(consortium, "organisations.json")));
        return new(consortium, stream, [.. json.RootElement.EnumerateArray().Select(o =>
            new Owner(o.GetProperty("id").GetString()!, o.GetProperty("jurisdiction").GetString()!))]);
    }

    private static string? StreamIn(string directory)
    {
        string[] names = ["sightings.ndjson.gz", "sightings-sample.ndjson", "sightings.ndjson"];
        return names.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
    }

    // Upwards from this program, so that any working directory will do.
    private static string? Search(Func<string, bool> fits)
    {
        foreach (var place in Places)
            for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
                if (Path.Combine(at.FullName, place) is var path && fits(path)) return path;
        return null;
    }
}
