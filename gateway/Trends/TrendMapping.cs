using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Intake;

namespace CrossBorderSoc.Gateway.Trends;

/// <summary>A trend as protobuf has it, and which one is asked for.</summary>
internal static class TrendMapping
{
    /// <summary>The trend that is asked for; throws INVALID_ARGUMENT.</summary>
    public static TrendName Read(V1.GetTrendRequest request) => request.SubjectCase switch
    {
        V1.GetTrendRequest.SubjectOneofCase.Technique => SightingReader.IsTechnique(request.Technique)
            ? TrendName.OfTechnique(request.Technique)
            : throw Refused.Field("technique", "INVALID_TECHNIQUE", "A technique looks like T1071 or T1071.001."),
        V1.GetTrendRequest.SubjectOneofCase.Sector => Requests.Sector(request.Sector, "sector"),
        _ => throw Refused.Field("subject", "REQUIRED", "Either technique or sector is required."),
    };

    /// <summary>A view, and the burst that it has at an instant (Unix milliseconds UTC).</summary>
    public static V1.Trend ToMessage(TrendName name, TrendView view, long at)
    {
        var message = new V1.Trend
        {
            ByKind = { Mapping.ByKind(view.TalliesByKind) },
            ByJurisdiction = { view.TalliesByJurisdiction.Select(t => Mapping.ToMessage(t.Jurisdiction, t.Kind, t.Tally)) },
            Histogram = { Mapping.Histogram(view.Histogram) },
            Burst = Mapping.Burst(view.Histogram, at),
        };
        if (name.Kind == TrendKind.Technique) message.Technique = name.Text;
        else message.Sector = name.Text;
        return message;
    }
}
