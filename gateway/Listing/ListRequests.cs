using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Intake;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Codes = CrossBorderSoc.Contracts.Policy.Jurisdictions;

namespace CrossBorderSoc.Gateway.Listing;

/// <summary>Reads what a list is asked for; throws INVALID_ARGUMENT.</summary>
internal static class ListRequests
{
    private const int SizeUsual = 50;
    private const int SizeMax = 200;
    private const int ScoreMax = 100;
    private const int SectorsMax = 20;
    private const int TextBytesMax = 256;
    private const int TechniqueBytesMax = 16;

    /// <summary>What a list of indicators shall hold.</summary>
    public static IndicatorFilter Read(V1.ListIndicatorsRequest request) => ReadFilter(
        request.Filter, request.MinScore, request.Technique, request.PageSize, ListToken.Read(request.PageToken, Asked(request)));

    /// <summary>What a list of incidents shall hold.</summary>
    public static ListScope Read(V1.ListIncidentsRequest request) =>
        ReadScope(request.Filter, request.PageSize, ListToken.Read(request.PageToken, Asked(request)));

    /// <summary>What a request asks for, without page and token, in bytes that its tokens keep a digest of.</summary>
    public static byte[] Asked(V1.ListIndicatorsRequest request) =>
        [1, .. new V1.ListIndicatorsRequest(request) { PageSize = 0, PageToken = "" }.ToByteArray()];

    /// <inheritdoc cref="Asked(V1.ListIndicatorsRequest)"/>
    public static byte[] Asked(V1.ListIncidentsRequest request) =>
        [2, .. new V1.ListIncidentsRequest(request) { PageSize = 0, PageToken = "" }.ToByteArray()];

    /// <summary>Which indicators a filter asks for.</summary>
    public static IndicatorFilter ReadFilter(V1.ListFilter? filter, uint scoreMin, string technique, uint size = 0, LastSeenPlace? after = null)
    {
        if (scoreMin > ScoreMax)
            throw Refused.Field("min_score", "OUT_OF_RANGE", string.Create(null, $"It must be from 0 to {ScoreMax}."));
        var shown = technique.Length == 0 ? null : Requests.Text(technique, TechniqueBytesMax, "technique");
        return new(ReadScope(filter, size, after), (int)scoreMin, shown);
    }

    private static ListScope ReadScope(V1.ListFilter? filter, uint size, LastSeenPlace? after)
    {
        filter ??= new();
        return new(
            Types(filter), HourOf(filter.SeenSince, long.MinValue, "seen_since"), HourOf(filter.SeenBefore, long.MaxValue, "seen_before"),
            Jurisdictions(filter), Sectors(filter),
            filter.Text.Length == 0 ? null : Requests.Text(filter.Text, TextBytesMax, "filter.text"),
            Requests.Limit(size, SizeUsual, SizeMax, "page_size"), after);
    }

    private static ObservableTypeSet Types(V1.ListFilter filter)
    {
        if (filter.Types_.Count == 0) return new(ulong.MaxValue);
        var types = default(ObservableTypeSet);
        for (var i = 0; i < filter.Types_.Count; i++)
            types = ObservableTypes.TryParse(filter.Types_[i], out var type)
                ? types.With(type)
                : throw Refused.Field($"filter.types[{i}]", "UNKNOWN_TYPE", "It is no type of observables.");
        return types;
    }

    private static ImmutableArray<string> Jurisdictions(V1.ListFilter filter)
    {
        for (var i = 0; i < filter.Jurisdictions.Count; i++)
            if (!Codes.IsKnown(filter.Jurisdictions[i]))
                throw Refused.Field($"filter.jurisdictions[{i}]", "UNKNOWN_JURISDICTION", "It is no Member State's ISO 3166 code, nor EU.");
        return [.. filter.Jurisdictions];
    }

    private static ImmutableArray<string> Sectors(V1.ListFilter filter)
    {
        if (filter.Sectors.Count > SectorsMax)
            throw Refused.Field("filter.sectors", "TOO_MANY_SECTORS", string.Create(null, $"At most {SectorsMax} are allowed."));
        return [.. filter.Sectors.Select((text, i) => Requests.Sector(text, $"filter.sectors[{i}]").Text)];
    }

    private static long HourOf(Timestamp? instant, long absent, string field)
    {
        var refusal = Times.Optional(instant, "filter." + field, out var milliseconds);
        if (refusal.Exists) throw Refused.Field(refusal.Field, refusal.Reason, refusal.Message);
        return milliseconds is { } known ? LastSeenPlace.HourOf(known) : absent;
    }
}
