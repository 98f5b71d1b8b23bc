using CrossBorderSoc.V1;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>A sighting and the line that it came from.</summary>
/// <param name="Line">Line in the input, from 1; any number that the caller can make sense of.</param>
/// <param name="Sighting">The sighting.</param>
/// <param name="Bytes">Its encoded size.</param>
public readonly record struct NumberedSighting(long Line, Sighting Sighting, int Bytes)
{
    /// <summary>Measures the sighting.</summary>
    public NumberedSighting(long line, Sighting sighting)
        : this(line, sighting, sighting.CalculateSize())
    {
    }
}
