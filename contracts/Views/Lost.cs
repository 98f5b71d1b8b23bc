using System.Collections.Immutable;
using System.Numerics;
using CrossBorderSoc.Contracts.Policy;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>
/// What a caller may have lost of an observable, as far as it decides whether the observable was core of an incident: whose positive
/// statements, or contributions, are shown less than they were; and whether something left the window. A set of them, as bits.
/// </summary>
[GenerateSerializer, Immutable, Alias("Lost")]
public readonly record struct Lost([property: Id(0)] ulong Bits)
{
    private static readonly ImmutableArray<string> Codes = [.. Jurisdictions.All.Order(StringComparer.Ordinal)];

    /// <summary>Contributions.</summary>
    public static Lost OfContributions { get; } = new(1UL << 62);

    /// <summary>Something left the window of correlation.</summary>
    public static Lost OfWindow { get; } = new(1UL << 63);

    /// <summary>Positive statements of a jurisdiction.</summary>
    public static Lost Of(string jurisdiction) => Codes.IndexOf(jurisdiction) is >= 0 and var place ? new(1UL << place) : default;

    /// <summary>Whether it is nothing.</summary>
    public bool IsNothing => Bits == 0;

    /// <summary>Whether contributions are among it.</summary>
    public bool HasContributions => (Bits & OfContributions.Bits) != 0;

    /// <summary>The jurisdictions whose positive statements are among it, sorted.</summary>
    public IEnumerable<string> Sources
    {
        get
        {
            for (var left = Bits & ((1UL << Codes.Length) - 1); left != 0; left &= left - 1)
                yield return Codes[BitOperations.TrailingZeroCount(left)];
        }
    }

    /// <summary>This and another.</summary>
    public Lost Plus(Lost other) => new(Bits | other.Bits);
}
