namespace CrossBorderSoc.Tests.Model.Generation;

/// <summary>Seeded chance: the same seed gives the same world.</summary>
public sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    public int Seed => seed;

    /// <summary>Chance of the same seed that is independent of what makes the world of that seed.</summary>
    public static Dice Beside(int seed) => new(unchecked(seed * 7919) & int.MaxValue);

    /// <summary>A whole number from least to most, both included.</summary>
    public int Between(int least, int most) => _random.Next(least, most + 1);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>Distinct items, in an order of chance; fewer than asked where there are no more.</summary>
    public IReadOnlyList<T> Some<T>(IEnumerable<T> from, int howMany)
    {
        var items = from.ToArray();
        _random.Shuffle(items);
        return items[..Math.Min(howMany, items.Length)];
    }

    public string Guid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
