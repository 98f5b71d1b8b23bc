using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Policy;

/// <summary>The stored form of a policy history. Names and numbers are stored: never rename, never reuse.</summary>
internal static class PolicyJson
{
    private const int Format = 1;

    public static byte[] Write(PolicyHistory history) => JsonSerializer.SerializeToUtf8Bytes(
        new HistoryDto(Format, [.. history.Versions.Select(ToDto)]), PolicyJsonContext.Default.HistoryDto);

    public static PolicyHistory Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var dto = JsonSerializer.Deserialize(bytes, PolicyJsonContext.Default.HistoryDto);
            if (dto is not { Format: Format, Versions: not null } || dto.Versions.Length > PolicyBounds.VersionsMax)
                throw new InvalidDataException("A policy of an unknown format.");
            return new([.. dto.Versions.Select((version, i) => FromDto(i + 1, version))]);
        }
        catch (Exception damage) when (damage is JsonException or ArgumentException or NullReferenceException)
        {
            throw new InvalidDataException("The stored policy is damaged.", damage);
        }
    }

    private static VersionDto ToDto(PolicyVersion version) => new(
        [.. version.Organisations.Select(o => new OrganisationDto(
            o.Id, o.Jurisdiction, o.Name, (byte)o.Kind, [.. o.Communities], [.. o.Clients], (byte)o.DefaultPap))],
        [.. version.Agreements.Select(a => new AgreementDto(
            a.Id, a.Provider.ToString(), a.Consumer.ToString(), (byte)a.Level, (byte)a.MaxTlp, a.Types?.Mask,
            [.. a.Kinds.Select(k => (int)k)], a.ValidFrom, a.ValidUntil, a.Revoked))]);

    private static PolicyVersion FromDto(int number, VersionDto version) => new(
        number,
        version.Organisations.Select(o => new Organisation(
            o.Id, o.Jurisdiction, o.Name, (OrganisationKind)o.Kind, [.. o.Communities], [.. o.Clients], (Pap)o.Pap)),
        version.Agreements.Select(a => new Agreement(
            a.Id, Party.Parse(a.Provider), Party.Parse(a.Consumer), (DisclosureLevel)a.Level, (Tlp)a.MaxTlp,
            a.Types is { } mask ? new ObservableTypeSet(mask) : null,
            [.. a.Kinds.Select(k => (SightingKind)checked((byte)k))], a.From, a.Until, a.Revoked)));
}

internal sealed record HistoryDto(
    [property: JsonPropertyName("format")] int Format, [property: JsonPropertyName("versions")] VersionDto[] Versions);

internal sealed record VersionDto(
    [property: JsonPropertyName("o")] OrganisationDto[] Organisations,
    [property: JsonPropertyName("a")] AgreementDto[] Agreements);

internal sealed record OrganisationDto(
    [property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("j")] string Jurisdiction,
    [property: JsonPropertyName("n")] string Name, [property: JsonPropertyName("k")] byte Kind,
    [property: JsonPropertyName("m")] string[] Communities, [property: JsonPropertyName("c")] string[] Clients,
    [property: JsonPropertyName("p")] byte Pap);

internal sealed record AgreementDto(
    [property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("p")] string Provider,
    [property: JsonPropertyName("c")] string Consumer, [property: JsonPropertyName("l")] byte Level,
    [property: JsonPropertyName("t")] byte MaxTlp, [property: JsonPropertyName("ty")] ulong? Types,
    [property: JsonPropertyName("k")] int[] Kinds, [property: JsonPropertyName("f")] long From,
    [property: JsonPropertyName("u")] long? Until, [property: JsonPropertyName("r")] bool Revoked);

[JsonSerializable(typeof(HistoryDto))]
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
