using System.Text.Json;

namespace CrossBorderSoc.Tests.Unit.Observables;

/// <summary>
/// What STIX objects, MISP attributes and Suricata's events name by a type of ours: by their own types and fields, not
/// by what the values look like; and every text that begins like a CVE.
/// </summary>
internal static class RealIdentifiers
{
    // MISP's types of attributes, and the fields of STIX 2.1 and Suricata's EVE.
    private static readonly Dictionary<string, string> Attributes = new(StringComparer.Ordinal)
    {
        ["AS"] = "asn",
        ["cpe"] = "software",
        ["mutex"] = "mutex",
        ["user-agent"] = "user-agent",
        ["x509-fingerprint-sha256"] = "x509:sha256",
        ["ja3-fingerprint-md5"] = "ja3",
        ["vulnerability"] = "vulnerability",
    };

    private static readonly Dictionary<(string Object, string Field), string> Fields = new()
    {
        [("autonomous-system", "number")] = "asn",
        [("software", "cpe")] = "software",
        [("mutex", "name")] = "mutex",
        [("", "http_user_agent")] = "user-agent",
    };

    public static IEnumerable<(string Type, string Value)> In(string path, ref int unread)
    {
        var found = new List<(string, string)>();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            Collect(document.RootElement, found);
        }
        catch (JsonException)
        {
            unread++;
        }
        return found;
    }

    private static void Collect(JsonElement element, List<(string, string)> into)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Collect(item, into);
        }
        if (element.ValueKind != JsonValueKind.Object) return;
        var type = Text(element, "type");
        if (Attributes.TryGetValue(type, out var ours) && Text(element, "value") is { Length: > 0 } value)
            into.Add((ours, value));
        foreach (var ((of, field), name) in Fields)
        {
            if ((of == type || of.Length == 0) && Text(element, field) is { Length: > 0 } text) into.Add((name, text));
        }
        if (type == "vulnerability" && IsCve(Text(element, "name"))) into.Add(("vulnerability", Text(element, "name")));
        if (Text(element, "source_name") == "cve" && Text(element, "external_id") is { Length: > 0 } reference)
            into.Add(("vulnerability", reference));
        if (type == "x509-certificate" && element.TryGetProperty("hashes", out var hashes)
            && hashes.ValueKind == JsonValueKind.Object && Text(hashes, "SHA-256") is { Length: > 0 } digest)
            into.Add(("x509:sha256", digest));
        foreach (var property in element.EnumerateObject()) Collect(property.Value, into);
    }

    // A vulnerability of STIX may have any name.
    private static bool IsCve(string name) => name.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase);

    private static string Text(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? ""
        : value.ValueKind == JsonValueKind.String ? Readable(value)
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "";

    // Some conformance files hold an escaped half of a surrogate pair, which has no .NET string.
    private static string Readable(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
