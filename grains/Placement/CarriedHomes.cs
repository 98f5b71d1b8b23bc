using CrossBorderSoc.Contracts;

namespace CrossBorderSoc.Grains.Placement;

/// <summary>
/// What a silo carries, as it stands in its name: <c>BE,EU/be-0</c>. The name arrives with membership, unlike silo metadata,
/// which a joining silo lacks and which drops out after a failed fetch.
/// </summary>
public static class CarriedHomes
{
    /// <summary>The name of a silo that carries some homes (none: a pure gateway).</summary>
    public static string SiloName(IEnumerable<Home> homes, string node) => string.Join(',', homes.Select(h => h.Code)) + "/" + node;

    /// <summary>Whether a silo of this name carries a home. Allocates nothing: it runs at every placement.</summary>
    public static bool Carries(string siloName, ReadOnlySpan<char> home)
    {
        var name = siloName.AsSpan();
        var slash = name.IndexOf('/');
        if (slash <= 0 || home.IsEmpty) return false;
        foreach (var range in name[..slash].Split(','))
            if (name[..slash][range].SequenceEqual(home)) return true;
        return false;
    }
}
