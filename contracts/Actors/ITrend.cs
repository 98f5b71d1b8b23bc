using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>
/// All sightings of a jurisdiction with one technique, or on assets of one sector; or, at the hub, the releases of all jurisdictions with
/// one technique. Key: home and keyed hash of the name.
/// </summary>
[Alias("ITrend")]
public interface ITrend : IGrainWithStringKey
{
    /// <summary>
    /// The caller's view. Of a technique: at a jurisdiction every level for a caller of it, Full only for others; at the hub what other
    /// jurisdictions released, and where the caller may ask for more. Of a sector: Full only, at jurisdictions only.
    /// </summary>
    [Alias("Disclose")]
    ValueTask<DisclosedTrend> Disclose(Question question, TrendName name);
}
