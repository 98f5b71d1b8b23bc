using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>
/// What an asset joins: the observables that its software and its supplier are. For whoever sees a sighting on the asset in Full the
/// sighting names them, too; for everybody else it does not (decision 0014).
/// </summary>
public static class AssetJoins
{
    /// <summary>The types of what assets join.</summary>
    public static ObservableTypeSet Types { get; } = ObservableTypeSet.Of(ObservableType.Software).With(ObservableType.Supplier);

    /// <summary>
    /// What an asset joins beyond what the sighting names itself: canonical, distinct, sorted. A text that is none of its type joins
    /// nothing.
    /// </summary>
    /// <param name="asset">The asset as the sighting describes it; null for none.</param>
    /// <param name="named">What the sighting names.</param>
    public static Observable[] Of(AssetStatement? asset, ReadOnlySpan<Observable> named)
    {
        if (asset is null || (asset.Supplier.Length == 0 && asset.Software.IsEmpty)) return [];
        var joined = new SortedSet<Observable>();
        Add(joined, ObservableType.Supplier, asset.Supplier);
        foreach (var software in asset.Software.AsSpan()[..Math.Min(asset.Software.Length, Bounds.AssetSoftwareMax)])
            Add(joined, ObservableType.Software, software);
        foreach (var observable in named) joined.Remove(observable);
        return [.. joined];
    }

    private static void Add(SortedSet<Observable> to, ObservableType type, string text)
    {
        if (ObservableParser.TryParse(type, text, out var observable, out _)) to.Add(observable);
    }
}
