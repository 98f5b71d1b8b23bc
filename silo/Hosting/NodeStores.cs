using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Settings;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>The stores of a node as one: each carried home in its own or a shared database; none for a pure gateway.</summary>
internal sealed class NodeStores : IGridStore, IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _opened = [];
    private readonly Dictionary<Home, IHomeStore> _homes = [];

    private NodeStores()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<Home> Homes => _homes.Keys;

    /// <inheritdoc/>
    public IHomeStore this[Home home] => _homes.TryGetValue(home, out var store)
        ? store
        : throw new ArgumentException($"This node does not carry {home}.", nameof(home));

    /// <summary>Opens one store after the other.</summary>
    /// <param name="settings">Which stores, and the homes of each.</param>
    /// <param name="open">Opens one, whatever its kind.</param>
    /// <exception cref="StartRefusedException">One cannot be opened; the others are closed again.</exception>
    public static async Task<NodeStores> Open(IEnumerable<StoreSettings> settings, Func<StoreSettings, ValueTask<IGridStore>> open)
    {
        var stores = new NodeStores();
        try
        {
            foreach (var one in settings) stores.Add(await open(one));
            return stores;
        }
        catch
        {
            await stores.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes them, the last one first.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var at = _opened.Count - 1; at >= 0; at--) await _opened[at].DisposeAsync();
        _opened.Clear();
    }

    private void Add(IGridStore store)
    {
        if (store is IAsyncDisposable closing) _opened.Add(closing);
        foreach (var home in store.Homes) _homes.Add(home, store[home]);
    }
}
