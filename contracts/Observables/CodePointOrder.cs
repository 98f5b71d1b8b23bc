namespace CrossBorderSoc.Contracts.Observables;

/// <summary>Texts by code point, which is the order of their UTF-8 bytes: the order that an index of bytes can keep.</summary>
public sealed class CodePointOrder : IComparer<string>
{
    /// <summary>The one order.</summary>
    public static CodePointOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var same = x.AsSpan().CommonPrefixLength(y);
        return same == x.Length || same == y.Length ? x.Length.CompareTo(y.Length) : Place(x[same]).CompareTo(Place(y[same]));
    }

    // A surrogate stands for a code point beyond all of those that one unit can say.
    private static int Place(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
