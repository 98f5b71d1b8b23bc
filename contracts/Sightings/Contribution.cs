namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>What a contribution does (design 3.4). Stored: never renumber.</summary>
public enum ContributionKind : byte
{
    /// <summary>Not said: refused.</summary>
    Unspecified = 0,
    /// <summary>Opens an incident by hand: its observables are core, and linked, for the window of correlation.</summary>
    Opened = 1,
    /// <summary>Says something in words.</summary>
    Note = 2,
    /// <summary>How far the work on it is: an <see cref="IncidentStatus"/>.</summary>
    Status = 3,
    /// <summary>Who is affected: a Member State, a sector, a service.</summary>
    Affected = 4,
    /// <summary>How significant it is: a <see cref="Significance"/>.</summary>
    Significance = 5,
    /// <summary>Its two observables belong together.</summary>
    Link = 6,
    /// <summary>Its two observables do not belong together, whatever links them.</summary>
    Split = 7,
}

/// <summary>How far the work on an incident is. Stored: never renumber.</summary>
public enum IncidentStatus : byte
{
    /// <summary>Not said: refused.</summary>
    Unspecified = 0,
    /// <summary>Nobody works on it yet.</summary>
    New = 1,
    /// <summary>It is looked into.</summary>
    Investigating = 2,
    /// <summary>It spreads no further.</summary>
    Contained = 3,
    /// <summary>It is over.</summary>
    Resolved = 4,
    /// <summary>It is none.</summary>
    Dismissed = 5,
}

/// <summary>How significant an incident is (Directive (EU) 2022/2555, Articles 23(3) and 6(7)). Stored: never renumber.</summary>
public enum Significance : byte
{
    /// <summary>Not said: refused.</summary>
    Unspecified = 0,
    /// <summary>Not significant.</summary>
    NotSignificant = 1,
    /// <summary>Significant: severe disruption or loss, or considerable damage to others.</summary>
    Significant = 2,
    /// <summary>Large-scale: beyond one Member State's capacity to respond, or significant for at least two.</summary>
    LargeScale = 3,
}

/// <summary>What a contribution says besides its observables and its text (the description). What its kind has no use for is empty.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Value">Of a status an <see cref="IncidentStatus"/>, of a significance a <see cref="Sightings.Significance"/>; else 0.</param>
/// <param name="State">The affected Member State's ISO 3166 code, or empty.</param>
/// <param name="Sector">The affected sector, at most <see cref="Bounds.AssetFieldBytesMax"/> bytes, or empty.</param>
/// <param name="Service">The affected service, likewise.</param>
[GenerateSerializer, Immutable, Alias("Contribution")]
public sealed record Contribution(
    [property: Id(0)] ContributionKind Kind, [property: Id(1)] byte Value, [property: Id(2)] string State,
    [property: Id(3)] string Sector, [property: Id(4)] string Service)
{
    /// <summary>Nothing of it: logs print what calls carry.</summary>
    public override string ToString() => nameof(Contribution);
}
