using CrossBorderSoc.Contracts.Encoding;

namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>Of what a trend is. Part of what stores key by: never renumber.</summary>
public enum TrendKind : byte
{
    /// <summary>Of sightings that name an ATT&amp;CK technique.</summary>
    Technique = 1,
    /// <summary>Of sightings on assets of a sector.</summary>
    Sector = 2,
}

/// <summary>Which trend. Prints without its text, since logs print the arguments of calls.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="Text">The technique's identifier, exactly; or the sector's name as <see cref="OfSector"/> makes it.</param>
[GenerateSerializer, Immutable, Alias("TrendName")]
public readonly record struct TrendName([property: Id(0)] TrendKind Kind, [property: Id(1)] string Text)
{
    /// <summary>The trend of a technique. That of <c>T1566</c> does not hold those of <c>T1566.001</c>.</summary>
    public static TrendName OfTechnique(string identifier) => new(TrendKind.Technique, identifier);

    /// <summary>
    /// The trend of a sector, which is free text of an asset's owner: without white space around it, whatever the case of letters, and
    /// otherwise exactly. Null where nothing is left of the text.
    /// </summary>
    public static TrendName? OfSector(string sector)
    {
        // By way of upper case, since some letters have two lower-case ones.
        var name = sector.Trim().ToUpperInvariant().ToLowerInvariant();
        return name.Length == 0 ? null : new(TrendKind.Sector, name);
    }

    /// <summary>The kind, and a stand-in for the text.</summary>
    public override string ToString() => $"{(Kind == TrendKind.Technique ? "technique" : "sector")} {Redacted.Of(Text)}";
}
