using CrossBorderSoc.Contracts.Encoding;

namespace CrossBorderSoc.Contracts.Observables;

/// <summary>
/// A typed value in its canonical text, which is its identity. Make one with <c>ObservableParser</c>; this type trusts
/// its maker. Ordered by type (number), then text (ordinal UTF-16). Prints without its value, since logs print the arguments
/// of calls: whoever wants the value says <c>Text</c>.
/// </summary>
/// <param name="Type">The type.</param>
/// <param name="Text">The canonical text, at most <see cref="Bounds.ObservableBytesMax"/> bytes of UTF-8.</param>
[GenerateSerializer, Immutable, Alias("Observable")]
public readonly record struct Observable([property: Id(0)] ObservableType Type, [property: Id(1)] string Text)
    : IComparable<Observable>
{
    /// <inheritdoc/>
    public int CompareTo(Observable other) =>
        Type != other.Type ? Type.CompareTo(other.Type) : string.CompareOrdinal(Text, other.Text);

    /// <summary>The type and a stand-in for the value.</summary>
    public override string ToString() => $"{Type} {Redacted.Of(Text)}";
}
