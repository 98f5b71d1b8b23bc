using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>An asset's view as protobuf has it.</summary>
internal static class AssetMapping
{
    public static V1.AssetView ToMessage(string owner, AssetView view) => new()
    {
        Owner = owner,
        Asset = view.Details is { } details ? Mapping.ToMessage(details) : null,
        ByKind = { Mapping.ByKind(view.TalliesByKind) },
        Histogram = { Mapping.Histogram(view.Histogram) },
        Markings = { Mapping.Markings(view.Markings) },
        Techniques = { Mapping.Techniques(view.Techniques) },
        Observables = { Mapping.Neighbours(view.Observables) },
    };
}
