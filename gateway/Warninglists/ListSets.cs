using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Gateway.Warninglists;

/// <summary>
/// Sets of lists, each kept once and named by a number, so that an entry that hundreds of thousands have costs one number. 0 is the
/// empty set. Lists join in ascending order.
/// </summary>
internal sealed class ListSets
{
    private readonly List<ushort[]> _sets = [[]];
    private readonly Dictionary<(int Set, ushort List), int> _larger = [];

    /// <summary>The lists of a set, ascending.</summary>
    public ReadOnlySpan<ushort> this[int set] => _sets[set];

    /// <summary>The set with a list more, which is none before its last.</summary>
    public int With(int set, ushort list)
    {
        var lists = _sets[set];
        if (lists.Length > 0 && lists[^1] == list) return set;
        if (_larger.TryGetValue((set, list), out var larger)) return larger;
        _sets.Add([.. lists, list]);
        return _larger[(set, list)] = _sets.Count - 1;
    }
}

/// <summary>Which lists hold texts.</summary>
internal sealed class ListsByText(ListSets sets)
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

    public void Add(string text, ushort list) => _texts[text] = sets.With(_texts.GetValueOrDefault(text), list);

    /// <summary>The lists that hold a text.</summary>
    public ReadOnlySpan<ushort> Of(ReadOnlySpan<char> text) =>
        _texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var set) ? sets[set] : [];

    public void Trim() => _texts.TrimExcess();
}

/// <summary>Which lists hold networks: a table for each length, the longest first.</summary>
internal sealed class ListsByNetwork(ListSets sets)
{
    private readonly Dictionary<UInt128, int>?[] _byLength = new Dictionary<UInt128, int>?[IpNetwork.AddressLength + 1];

    public void Add(IpNetwork network, ushort list)
    {
        var table = _byLength[network.Length] ??= [];
        table[network.Base] = sets.With(table.GetValueOrDefault(network.Base), list);
    }

    /// <summary>The lists that hold a network of exactly this length around another.</summary>
    public ReadOnlySpan<ushort> Around(IpNetwork inner, int length) =>
        _byLength[length] is { } table && table.TryGetValue(inner.Widen(length).Base, out var set) ? sets[set] : [];

    public void Trim()
    {
        foreach (var table in _byLength) table?.TrimExcess();
    }
}
