using CrossBorderSoc.Contracts.Encoding;

namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>Which asset: an identifier within its owner. Prints without it, since logs print the arguments of calls.</summary>
/// <param name="Owner">The organisation that owns it.</param>
/// <param name="Id">Identifier, unique within the owner; 1 to 256 bytes.</param>
[GenerateSerializer, Immutable, Alias("AssetName")]
public readonly record struct AssetName([property: Id(0)] string Owner, [property: Id(1)] string Id)
{
    /// <summary>The owner and a stand-in for the identifier.</summary>
    public override string ToString() => $"asset {Redacted.Of(Id)} of {Owner}";
}
