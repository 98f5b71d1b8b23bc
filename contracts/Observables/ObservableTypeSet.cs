using System.Numerics;

namespace CrossBorderSoc.Contracts.Observables;

/// <summary>A set of observable types as a 64-bit mask: bit n stands for the type of value n.</summary>
[GenerateSerializer, Immutable, Alias("ObservableTypeSet")]
public readonly record struct ObservableTypeSet([property: Id(0)] ulong Mask)
{
    /// <summary>How many types it holds.</summary>
    public int Count => BitOperations.PopCount(Mask);

    /// <summary>The set of one type.</summary>
    public static ObservableTypeSet Of(ObservableType type) => new(1UL << (int)type);

    /// <summary>This set and one type more.</summary>
    public ObservableTypeSet With(ObservableType type) => new(Mask | (1UL << (int)type));

    /// <summary>Whether it holds a type.</summary>
    public bool Contains(ObservableType type) => (Mask & (1UL << (int)type)) != 0;

    /// <summary>Whether every type of <paramref name="other"/> is in this set.</summary>
    public bool Covers(ObservableTypeSet other) => (other.Mask & ~Mask) == 0;

    /// <summary>The types in both.</summary>
    public ObservableTypeSet Intersect(ObservableTypeSet other) => new(Mask & other.Mask);
}
