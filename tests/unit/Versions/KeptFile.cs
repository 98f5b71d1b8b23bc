using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrossBorderSoc.Tests.Unit.House;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>What some commit wrote of one kind: <c>tests/data/versions/FOLDER/KIND.NUMBER.json</c>. Files are added and never changed.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Number">1, 2, …: the form's.</param>
/// <param name="Commit">The commit that wrote it.</param>
/// <param name="Value">What was written.</param>
/// <param name="Bytes">How.</param>
internal sealed record KeptFile(string Name, int Number, string Commit, JsonNode? Value, byte[] Bytes)
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The commit to write new files for, or null: then nothing is written.</summary>
    public static string? WriteFor { get; } = Environment.GetEnvironmentVariable("VERSIONS_WRITE") is { Length: > 0 } commit ? commit : null;

    public static string Root { get; } = Path.Combine(Repository.Root, "tests", "data", "versions");

    /// <summary>All of a kind, oldest first.</summary>
    public static IReadOnlyList<KeptFile> All(string folder, string kind) =>
    [
        .. Names(folder).Where(name => name.Kind == kind).OrderBy(name => name.Number).Select(name => Read(folder, name.Kind, name.Number)),
    ];

    /// <summary>The newest of a kind, or null.</summary>
    public static KeptFile? Newest(string folder, string kind) => All(folder, kind) is [.., var newest] ? newest : null;

    /// <summary>The kinds and numbers of a folder.</summary>
    public static IEnumerable<(string Kind, int Number)> Names(string folder) =>
        Directory.EnumerateFiles(Directory.CreateDirectory(Path.Combine(Root, folder)).FullName, "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Select(name => (name[..name.LastIndexOf('.')], int.Parse(name[(name.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture)));

    /// <summary>Keeps a new form beside the older ones.</summary>
    public static void Add(string folder, string kind, JsonNode? value, byte[] bytes)
    {
        var number = Names(folder).Where(name => name.Kind == kind).Select(name => name.Number).DefaultIfEmpty().Max() + 1;
        var file = new JsonObject
        {
            ["kind"] = kind,
            ["form"] = number,
            ["commit"] = WriteFor,
            ["value"] = value?.DeepClone(),
            ["bytes"] = Convert.ToBase64String(bytes),
        };
        File.WriteAllText(PathOf(folder, kind, number), file.ToJsonString(Indented) + "\n");
    }

    private static KeptFile Read(string folder, string kind, int number)
    {
        var file = JsonNode.Parse(File.ReadAllText(PathOf(folder, kind, number)))!;
        return new(kind, number, (string)file["commit"]!, file["value"], Convert.FromBase64String((string)file["bytes"]!));
    }

    private static string PathOf(string folder, string kind, int number) => Path.Combine(Root, folder, $"{kind}.{number}.json");
}
