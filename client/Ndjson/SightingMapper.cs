using System.Globalization;
using CrossBorderSoc.V1;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace CrossBorderSoc.Client.Ndjson;

/// <summary>
/// Maps a line to the grid's message. Checks what the message cannot carry (labels, times, what is missing); everything
/// else is the grid's to judge, so that there is one judge.
/// </summary>
internal sealed class SightingMapper
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    private readonly long line;
    private readonly string id;
    private Refusal? refusal;

    private SightingMapper(long line, string id) => (this.line, this.id) = (line, id);

    public static NdjsonRow Map(long line, SightingLine from)
    {
        var mapper = new SightingMapper(line, from.Id ?? "");
        var sighting = mapper.Sighting(from);
        return new(line, from.Owner ?? "", mapper.refusal is null ? sighting : null, mapper.refusal);
    }

    private Sighting Sighting(SightingLine from)
    {
        var to = new Sighting
        {
            Id = Required("id", from.Id),
            FirstSeen = Time("first_seen", from.FirstSeen, required: true),
            LastSeen = Time("last_seen", from.LastSeen, required: true),
            Count = from.Count ?? 0,
            Kind = Label("kind", from.Kind, LabelText.Kinds, required: true),
            Confidence = from.Confidence ?? 0,
            Admiralty = from.Admiralty ?? "",
            Marking = Marking(from.Marking),
            Description = from.Description ?? "",
            SourceRef = from.SourceRef ?? "",
        };
        if (from.Asset is { } asset) to.Asset = Asset(asset);
        Copy("techniques", from.Techniques, to.Techniques);
        if (from.Observables is not { Count: > 0 } observables) Refuse("observables", "MISSING", "At least one is needed.");
        else
            for (var i = 0; i < observables.Count; i++)
                to.Observables.Add(Observable($"observables[{i}]", observables[i]));
        return to;
    }

    private Observable Observable(string field, ObservableLine? from)
    {
        if (from is null) Refuse(field, "INVALID_VALUE", "An object was expected.");
        return new() { Type = Required($"{field}.type", from?.Type), Value = Required($"{field}.value", from?.Value) };
    }

    private Marking Marking(MarkingLine? from)
    {
        if (from is null) Refuse("marking.tlp", "MISSING", "A sighting needs a TLP label.");
        if (from is null) return new();
        var to = new Marking
        {
            Tlp = Label("marking.tlp", from.Tlp, LabelText.Tlps, required: true),
            Pap = Label("marking.pap", from.Pap, LabelText.Paps),
            Attribution = Label("marking.attribution", from.Attribution, LabelText.Attributions),
            EmbargoUntil = Time("marking.embargo_until", from.EmbargoUntil),
            ExpiresAt = Time("marking.expires_at", from.ExpiresAt),
        };
        Copy("marking.recipients", from.Recipients, to.Recipients);
        return to;
    }

    private Asset Asset(AssetLine from)
    {
        var to = new Asset
        {
            Id = Required("asset.id", from.Id),
            Sector = from.Sector ?? "",
            Service = from.Service ?? "",
            Criticality = from.Criticality ?? "",
            Supplier = from.Supplier ?? "",
        };
        Copy("asset.software", from.Software, to.Software);
        return to;
    }

    private void Copy(string field, List<string?>? from, RepeatedField<string> to)
    {
        for (var i = 0; i < (from?.Count ?? 0); i++) to.Add(Required($"{field}[{i}]", from![i]));
    }

    private T Label<T>(string field, string? text, Dictionary<string, T> labels, bool required = false)
        where T : struct, System.Enum
    {
        if (text is null && !required) return default;
        if (text is null) Refuse(field, "MISSING", "This field is needed.");
        else if (labels.TryGetValue(text, out var label)) return label;
        else Refuse(field, "INVALID_VALUE", $"One of {string.Join(", ", labels.Keys)} was expected.");
        return default;
    }

    private Timestamp? Time(string field, string? text, bool required = false)
    {
        if (text is null && required) Refuse(field, "MISSING", "This field is needed.");
        if (text is null) return null;
        // The format's K would read a text without offset in the machine's own zone.
        var hasOffset = text.EndsWith('Z') || text is [.., '+' or '-', _, _, ':', _, _];
        var style = DateTimeStyles.AdjustToUniversal;
        if (hasOffset && DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, style, out var time))
            return Timestamp.FromDateTimeOffset(time);
        Refuse(field, "INVALID_VALUE", "A time such as 2026-07-21T11:50:00Z was expected.");
        return null;
    }

    private string Required(string field, string? text)
    {
        if (string.IsNullOrEmpty(text)) Refuse(field, "MISSING", "This field is needed.");
        return text ?? "";
    }

    private void Refuse(string field, string reason, string message) =>
        refusal ??= new(line, id, field, reason, message);
}
