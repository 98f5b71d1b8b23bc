using System.Text.Json;
using CrossBorderSoc.Tests.Model.Policy;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Loading;

/// <summary>The shapes of the files: snake_case, words of <see cref="Words"/>.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new FormatException("The file holds null.");
}

internal sealed record OrganisationRow(
    string Id, string Jurisdiction, string Kind, IReadOnlyList<string>? Communities, IReadOnlyList<string>? Clients)
{
    public Organisation ToModel() => new(Id, Jurisdiction, Kind, Communities ?? [], Clients ?? []);
}

internal sealed record AgreementRow(
    string Id, string Provider, string Consumer, string Level, string MaxTlp, IReadOnlyList<string>? Types,
    IReadOnlyList<string>? Kinds, DateTimeOffset ValidFrom, DateTimeOffset? ValidUntil, bool Revoked)
{
    public Agreement ToModel() => new(
        Id, Provider, Consumer, (Level)Words.Place(Words.Levels, Level), (Tlp)Words.Place(Words.Tlps, MaxTlp),
        Types ?? [], [.. (Kinds ?? []).Select(kind => (Kind)Words.Place(Words.Kinds, kind))],
        ValidFrom, ValidUntil, Revoked);
}

internal sealed record MarkingRow(
    string Tlp, string? Pap, IReadOnlyList<string>? Recipients, string? Attribution, DateTimeOffset? EmbargoUntil,
    DateTimeOffset? ExpiresAt)
{
    public Marking ToModel()
    {
        var tlp = (Tlp)Words.Place(Words.Tlps, Tlp);
        return new(
            tlp, (Pap)Words.Place(Words.Paps, Pap ?? "clear"),
            Attribution is null
                ? Marking.DefaultAttribution(tlp)
                : (Attribution)Words.Place(Words.Attributions, Attribution),
            [.. (Recipients ?? []).Distinct()], EmbargoUntil, ExpiresAt);
    }
}

internal sealed record ObservableRow(string Type, string Value);

internal sealed record AssetRow(
    string Id, string? Sector, string? Service, string? Criticality, IReadOnlyList<string>? Software, string? Supplier)
{
    public Asset ToModel() => new(Id, Sector ?? "", Service ?? "", Criticality ?? "", Software ?? [], Supplier ?? "");
}

internal sealed record SightingRow(
    string Id, string Owner, IReadOnlyList<ObservableRow> Observables,
    DateTimeOffset FirstSeen, DateTimeOffset LastSeen, uint Count, string Kind, int Confidence,
    MarkingRow Marking, AssetRow? Asset, IReadOnlyList<string>? Techniques, string? Description, string? SourceRef)
{
    public Sighting ToModel(
        IReadOnlyList<Observable> observables, DateTimeOffset acceptedAt, int policyVersion) => new()
        {
            Id = Id,
            Owner = Owner,
            Observables = observables,
            FirstSeen = FirstSeen,
            LastSeen = LastSeen,
            Count = Count,
            Kind = (Kind)Words.Place(Words.Kinds, Kind),
            Confidence = Confidence,
            Marking = Marking.ToModel(),
            Asset = Asset?.ToModel(),
            Techniques = [.. (Techniques ?? []).Distinct().Order(StringComparer.Ordinal)],
            Description = Description ?? "",
            SourceRef = SourceRef ?? "",
            AcceptedAt = acceptedAt,
            PolicyVersion = policyVersion,
        };
}
