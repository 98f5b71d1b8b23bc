namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>
/// The good sightings of one batch as one immutable byte record: what travels from a gateway to the producer's jurisdiction
/// and is stored there as it is. Made by <see cref="SightingBatchBuilder"/>, read by <see cref="SightingItem"/>.
/// </summary>
/// <param name="Markings">The table of markings that the items share.</param>
/// <param name="Content">The items, one after the other.</param>
/// <param name="Ends">Where each item ends in <paramref name="Content"/>, ascending.</param>
[GenerateSerializer, Immutable, Alias("SightingBatch")]
public sealed record SightingBatch(
    [property: Id(0)] ReadOnlyMemory<byte> Markings, [property: Id(1)] ReadOnlyMemory<byte> Content,
    [property: Id(2)] int[] Ends)
{
    /// <summary>How many sightings it holds.</summary>
    public int Count => Ends.Length;

    /// <summary>The bytes of one item.</summary>
    public ReadOnlyMemory<byte> Item(int index) => Content[(index == 0 ? 0 : Ends[index - 1])..Ends[index]];
}
