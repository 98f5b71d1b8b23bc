using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// Which part of a view one actor answers, so that the parts from several homes are disjoint and add up. A caller's
/// gateway asks the caller's own home (<see cref="DomesticAtHome"/>), the hub (<see cref="AtHub"/>), and, of the
/// jurisdictions that the hub's answer names, each home (<see cref="ForeignAtHome"/>).
/// </summary>
public readonly record struct Reading
{
    private readonly Part _part;
    private readonly string? _callersJurisdiction;

    private Reading(Part part, string? callersJurisdiction = null) =>
        (_part, _callersJurisdiction) = (part, callersJurisdiction);

    /// <summary>The caller's own home: everything that the caller sees there, in its form.</summary>
    public static Reading DomesticAtHome { get; } = new(Part.All);

    /// <summary>A foreign home: only what the caller sees in Full; the rest comes from the hub.</summary>
    public static Reading ForeignAtHome { get; } = new(Part.FullOnly);

    /// <summary>
    /// The hub: what the caller sees Redacted. Compartments of the caller's own jurisdiction are skipped, since its
    /// home answers them whole; of those at Full only the jurisdiction is named.
    /// </summary>
    /// <param name="callersJurisdiction">The jurisdiction whose home answers the caller as
    /// <see cref="DomesticAtHome"/>.</param>
    public static Reading AtHub(string callersJurisdiction) => new(Part.RedactedOnly, callersJurisdiction);

    /// <summary>
    /// The part of a trend that a home answers. A technique is disclosed with its sighting, so that the parts are those of an indicator;
    /// a sector is of an asset, and so of Full only, whoever's home it is.
    /// </summary>
    /// <param name="kind">Of what the trend is.</param>
    /// <param name="home">The home that answers.</param>
    /// <param name="callersHome">The caller's own.</param>
    public static Reading OfTrend(TrendKind kind, Home home, Home callersHome)
    {
        if (kind == TrendKind.Sector) return ForeignAtHome;
        if (home.IsHub) return AtHub(callersHome.Code);
        return home == callersHome ? DomesticAtHome : ForeignAtHome;
    }

    internal bool Skips(Compartment compartment) =>
        _part == Part.RedactedOnly && compartment.Jurisdiction == _callersJurisdiction;

    internal bool Takes(DisclosureLevel level) => _part switch
    {
        Part.All => level is DisclosureLevel.Redacted or DisclosureLevel.Full,
        Part.FullOnly => level == DisclosureLevel.Full,
        Part.RedactedOnly => level == DisclosureLevel.Redacted,
        _ => throw new InvalidOperationException("BUG: a reading must be one of its three."),
    };

    internal bool Points(DisclosureLevel level) => _part == Part.RedactedOnly && level == DisclosureLevel.Full;

    private enum Part : byte
    {
        Unspecified,
        All,
        FullOnly,
        RedactedOnly,
    }
}
