using System.Text.Json;

namespace CrossBorderSoc.Client.Ndjson;

/// <summary>Turns a parser's error into a refusal that names line, field and place in words of the format.</summary>
internal static class JsonFault
{
    public static NdjsonRow Explain(long line, JsonException error)
    {
        var field = Field(error.Path);
        var at = $"at byte {error.BytePositionInLine + 1}";
        // The parser has no codes: these two starts of its messages are pinned by tests.
        if (error.Message.StartsWith("The JSON property", StringComparison.Ordinal))
            return NdjsonReader.Refused(line, field, "UNKNOWN_FIELD", $"The format has no field \"{field}\".");
        if (error.Message.StartsWith("Duplicate property", StringComparison.Ordinal))
            return NdjsonReader.Refused(line, field, "DUPLICATE_FIELD", $"\"{field}\" stands twice in the line.");
        if (error.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
            return NdjsonReader.Refused(line, field, "INVALID_VALUE", $"{Expected(field)} was expected ({at}).");
        return NdjsonReader.Refused(line, field, "INVALID_JSON", $"This is no JSON object ({at}).");
    }

    private static string Field(string? path) =>
        path is null or "$" ? "" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    private static string Expected(string field) => field switch
    {
        "" => "An object",
        "count" => "A whole number from 0 to 4294967295",
        "confidence" => "A whole number from 0 to 100",
        "marking" or "asset" => "An object",
        "observables" or "techniques" or "marking.recipients" or "asset.software" => "A list",
        _ when field.StartsWith("observables[", StringComparison.Ordinal) && field.EndsWith(']') => "An object",
        _ => "A text",
    };
}
