using System.Text.Json.Serialization;

namespace CrossBorderSoc.Client.Ndjson;

/// <summary>The JSON of one line, before it is checked. Every member may be absent; an unknown one is an error.</summary>
internal sealed class SightingLine
{
    public string? Id { get; set; }
    public string? Owner { get; set; }
    public List<ObservableLine?>? Observables { get; set; }
    public string? FirstSeen { get; set; }
    public string? LastSeen { get; set; }
    public uint? Count { get; set; }
    public string? Kind { get; set; }
    public uint? Confidence { get; set; }
    public string? Admiralty { get; set; }
    public MarkingLine? Marking { get; set; }
    public AssetLine? Asset { get; set; }
    public List<string?>? Techniques { get; set; }
    public string? Description { get; set; }
    public string? SourceRef { get; set; }
}

internal sealed class ObservableLine
{
    public string? Type { get; set; }
    public string? Value { get; set; }
}

internal sealed class MarkingLine
{
    public string? Tlp { get; set; }
    public string? Pap { get; set; }
    public List<string?>? Recipients { get; set; }
    public string? Attribution { get; set; }
    public string? EmbargoUntil { get; set; }
    public string? ExpiresAt { get; set; }
}

internal sealed class AssetLine
{
    public string? Id { get; set; }
    public string? Sector { get; set; }
    public string? Service { get; set; }
    public string? Criticality { get; set; }
    public List<string?>? Software { get; set; }
    public string? Supplier { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(SightingLine))]
internal sealed partial class SightingLineContext : JsonSerializerContext;
