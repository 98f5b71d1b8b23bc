namespace CrossBorderSoc.Tests.Model.Sightings;

/// <summary>
/// Issue, point 5: "Assets' software and supplier are joins too". Whoever sees a sighting in Full sees it name its asset's software and
/// supplier, too; nobody else does.
/// </summary>
public static class Joins
{
    private const int PartsOfCpe = 13;

    public static readonly IReadOnlyList<string> Types = ["software", "supplier"];

    /// <summary>What an asset joins beyond what the sighting names itself, sorted.</summary>
    public static IReadOnlyList<Observable> Of(Sighting sighting) =>
        sighting.Asset is not { } asset || (asset.Software.Count == 0 && asset.Supplier.Length == 0) ? [] :
    [
        .. asset.Software.Select(Software).Append(Supplier(asset.Supplier)).OfType<Observable>()
            .Except(sighting.Observables).Order(),
    ];

    // As far as the texts of worlds and of the real stream go: no quoting, no URI of CPE 2.2.
    private static Observable? Software(string text)
    {
        var parts = text.Trim().ToLowerInvariant().Split(':');
        return parts.Length == PartsOfCpe && parts[0] == "cpe" && parts[1] == "2.3" && (parts[3], parts[4]) != ("*", "*")
            ? new("software", string.Join(':', parts)) : null;
    }

    private static Observable? Supplier(string text)
    {
        var words = text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : new("supplier", string.Join(' ', words));
    }
}
