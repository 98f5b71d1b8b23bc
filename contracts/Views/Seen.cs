using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>
/// A text and the highest disclosed last-seen of it (Unix milliseconds UTC). Ordered newest first, then by text
/// (ordinal).
/// </summary>
[GenerateSerializer, Immutable, Alias("Seen")]
public readonly record struct Seen([property: Id(0)] string Text, [property: Id(1)] long LastSeen) : IComparable<Seen>
{
    /// <inheritdoc/>
    public int CompareTo(Seen other) =>
        LastSeen != other.LastSeen ? other.LastSeen.CompareTo(LastSeen) : string.CompareOrdinal(Text, other.Text);

    /// <summary>Nothing of it: logs print what calls carry.</summary>
    public override string ToString() => nameof(Seen);
}

/// <summary>
/// An asset and its highest last-seen (Unix milliseconds UTC). Ordered newest first, then by owner and asset (ordinal).
/// </summary>
[GenerateSerializer, Immutable, Alias("SeenAsset")]
public readonly record struct SeenAsset(
    [property: Id(0)] string Owner, [property: Id(1)] string Asset, [property: Id(2)] long LastSeen)
    : IComparable<SeenAsset>
{
    /// <inheritdoc/>
    public int CompareTo(SeenAsset other)
    {
        if (LastSeen != other.LastSeen) return other.LastSeen.CompareTo(LastSeen);
        var owner = string.CompareOrdinal(Owner, other.Owner);
        return owner != 0 ? owner : string.CompareOrdinal(Asset, other.Asset);
    }

    /// <summary>Nothing of it: logs print what calls carry.</summary>
    public override string ToString() => nameof(SeenAsset);
}

/// <summary>The neighbours of one type.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Newest">The newest <see cref="Bounds.NeighboursKeptMax"/>, in order.</param>
[GenerateSerializer, Immutable, Alias("NeighbourList")]
public sealed record NeighbourList([property: Id(0)] ObservableType Type, [property: Id(1)] ImmutableArray<Seen> Newest)
{
    /// <summary>
    /// How many distinct neighbours of the type there are, saturated at <see cref="Bounds.NeighboursKeptMax"/>: count
    /// and list share their cap, so the list's length is that number.
    /// </summary>
    public int DistinctCount => Newest.Length;

    /// <inheritdoc/>
    public bool Equals(NeighbourList? other) =>
        other is not null && Type == other.Type && Newest.AsSpan().SequenceEqual(other.Newest.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Newest.Length);
}
