namespace CrossBorderSoc.Contracts.Observables;

/// <summary>Observables by canonical text, then type. Texts by code point, which is the order of their UTF-8 bytes: the order that an index
/// of bytes can keep.</summary>
public static class ByText
{
    /// <summary>Less than 0, 0 or more than 0, as one stands before, at or behind the other.</summary>
    public static int Compare(in Observable one, in Observable other)
    {
        var text = Compare(one.Text, other.Text);
        return text != 0 ? text : one.Type.CompareTo(other.Type);
    }

    private static int Compare(string one, string other)
    {
        var same = one.AsSpan().CommonPrefixLength(other);
        return same == one.Length || same == other.Length
            ? one.Length.CompareTo(other.Length) : Place(one[same]).CompareTo(Place(other[same]));
    }

    // A surrogate stands for a code point beyond all of those that one unit can say.
    private static int Place(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
