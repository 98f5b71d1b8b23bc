using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>
/// A grid store in memory, for properties that look at very many worlds. It keeps the port's contract as the embedded one does,
/// but for the bound on markings, and nothing expires.
/// </summary>
internal sealed class MemoryGridStore(IEnumerable<Home> homes) : IGridStore
{
    private readonly Dictionary<Home, MemoryHomeStore> _homes = homes.ToDictionary(home => home, home => new MemoryHomeStore(home));

    public IReadOnlyCollection<Home> Homes => _homes.Keys;

    IHomeStore IGridStore.this[Home home] => this[home];

    public MemoryHomeStore this[Home home] => _homes.TryGetValue(home, out var store)
        ? store
        : throw new ArgumentException("This home is not carried.", nameof(home));
}
