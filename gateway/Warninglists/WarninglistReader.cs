using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrossBorderSoc.Gateway.Warninglists;

/// <summary>Reads the JSON of warninglists. Everything in a file is a stranger's: it is bounded, and refused with file and place.</summary>
internal static class WarninglistReader
{
    /// <summary>Most characters of an entry.</summary>
    public const int EntryCharsMax = 8 * 1024;

    /// <summary>Most characters of a list's name, which answers hold.</summary>
    public const int NameCharsMax = 256;

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The names of files that an index lists.</summary>
    /// <exception cref="WarninglistsRefusedException">It is no index.</exception>
    public static IReadOnlyList<string> ReadIndex(string file, ReadOnlySpan<byte> json) =>
        [.. Parse<List<IndexRow?>>(file, json).Select((row, i) => IsName(row?.List)
            ? row!.List
            : throw new WarninglistsRefusedException(
                string.Create(null, $"{file}: row {i + 1}: \"list\" is not letters, digits, dots, hyphens and underscores.")))];

    /// <summary>One list.</summary>
    /// <exception cref="WarninglistsRefusedException">It is no list.</exception>
    public static Warninglist ReadList(string file, ReadOnlySpan<byte> json)
    {
        var read = Parse<ListFile>(file, json);
        if (string.IsNullOrWhiteSpace(read.Name) || read.Name.Length > NameCharsMax)
            throw new WarninglistsRefusedException($"{file}: \"name\" is blank or too long.");
        var kind = read.Type switch
        {
            "string" => WarninglistKind.String,
            "hostname" => WarninglistKind.Hostname,
            "cidr" => WarninglistKind.Cidr,
            "substring" => WarninglistKind.Substring,
            "regex" => WarninglistKind.Regex,
            _ => throw new WarninglistsRefusedException($"{file}: \"type\" is none of string, hostname, cidr, substring, regex."),
        };
        var list = new Warninglist(
            file, read.Name, kind, MatchingAttributes.ToTypes(read.MatchingAttributes.OfType<string>()), read.List!);
        for (var i = 0; i < list.Entries.Count; i++)
            if (string.IsNullOrWhiteSpace(list.Entries[i]) || list.Entries[i].Length > EntryCharsMax)
                throw list.Refuse(i, "it is blank or too long.");
        return list;
    }

    private static T Parse<T>(string file, ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Strict)
                ?? throw new WarninglistsRefusedException($"{file}: it is null.");
        }
        catch (JsonException e)
        {
            var place = string.Create(null, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} ({e.Path})");
            throw new WarninglistsRefusedException($"{file}: {place}: not what a warninglist has there.", e);
        }
    }

    // A name never becomes another path: no slash, and no dot first.
    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= 128 } && name[0] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private sealed record IndexRow([property: JsonPropertyName("list")] string List);

    private sealed record ListFile(
        [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("type")] string Type,
        [property: JsonPropertyName("list")] List<string?> List,
        [property: JsonPropertyName("matching_attributes")] List<string?> MatchingAttributes);
}
