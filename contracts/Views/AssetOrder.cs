using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>
/// Which of two statements describes an asset: the one last seen later; then the greater (sector, service, criticality,
/// software joined by newline, supplier), ordinal (decision 0001).
/// </summary>
internal static class AssetOrder
{
    public static bool IsNewer(long lastSeen, AssetStatement statement, long heldLastSeen, AssetStatement held)
    {
        if (lastSeen != heldLastSeen) return lastSeen > heldLastSeen;
        var order = string.CompareOrdinal(statement.Sector, held.Sector);
        if (order == 0) order = string.CompareOrdinal(statement.Service, held.Service);
        if (order == 0) order = string.CompareOrdinal(statement.Criticality, held.Criticality);
        if (order == 0)
            order = string.CompareOrdinal(string.Join('\n', statement.Software), string.Join('\n', held.Software));
        return (order != 0 ? order : string.CompareOrdinal(statement.Supplier, held.Supplier)) > 0;
    }
}
