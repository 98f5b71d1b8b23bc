using System.Collections.Immutable;
using System.Numerics;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Gateway.Warninglists;

/// <summary>
/// All lists together, ready to be asked: which of them hold a value is a pure function of its canonical text, the same for everybody,
/// and takes microseconds. Immutable; safe for concurrent use.
/// </summary>
internal sealed class WarninglistSet
{
    private const int BitsPerWord = 64;

    private readonly string[] _names;
    private readonly ObservableTypeSet[] _types;
    private readonly ListsByText _texts;
    private readonly ListsByText _hosts;
    private readonly ListsByNetwork _networks;
    private readonly (ushort List, ListPattern Pattern)[] _patterns;

    /// <summary>Puts lists together.</summary>
    /// <exception cref="WarninglistsRefusedException">An entry is not of its list's kind, or a name is used twice.</exception>
    public WarninglistSet(IEnumerable<Warninglist> lists)
    {
        var sets = new ListSets();
        var sorted = lists.OrderBy(list => list.Name, StringComparer.Ordinal).ToArray();
        (_texts, _hosts, _networks) = (new(sets), new(sets), new(sets));
        _names = [.. sorted.Select(list => list.Name)];
        _types = [.. sorted.Select(list => list.Types)];
        var entries = new WarninglistEntries(_texts, _hosts, _networks);
        var patterns = new List<(ushort, ListPattern)>();
        for (ushort i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && _names[i] == _names[i - 1])
                throw new WarninglistsRefusedException($"{sorted[i].File}: the name is also that of {sorted[i - 1].File}.");
            if (sorted[i].Kind is WarninglistKind.Substring or WarninglistKind.Regex) patterns.Add((i, new(sorted[i])));
            else entries.Add(sorted[i], i);
        }
        _patterns = [.. patterns];
        _texts.Trim();
        _hosts.Trim();
        _networks.Trim();
    }

    /// <summary>No list at all.</summary>
    public static WarninglistSet Empty { get; } = new([]);

    /// <summary>How many lists there are.</summary>
    public int Count => _names.Length;

    /// <summary>The names of the lists that hold a value. Sorted (ordinal).</summary>
    public ImmutableArray<string> NamesOf(in Observable value)
    {
        Span<ulong> hits = stackalloc ulong[WarninglistFiles.ListsMax / BitsPerWord];
        if (!Mark(value, hits)) return [];
        var names = ImmutableArray.CreateBuilder<string>();
        for (var word = 0; word < hits.Length; word++)
            for (var bits = hits[word]; bits != 0; bits &= bits - 1)
                names.Add(_names[word * BitsPerWord + BitOperations.TrailingZeroCount(bits)]);
        return names.DrainToImmutable();
    }

    /// <summary>Whether any list holds a value.</summary>
    public bool Holds(in Observable value) => Mark(value, stackalloc ulong[WarninglistFiles.ListsMax / BitsPerWord]);

    private bool Mark(in Observable value, Span<ulong> hits)
    {
        var any = Mark(_texts.Of(value.Text), value.Type, hits);
        if (ObservableHost.TryFind(value, out var host))
            any |= IpNetwork.TryRead(host, out var network)
                ? MarkAround(host.Text, network, value.Type, hits)
                : MarkAbove(host.Text, value.Type, hits);
        foreach (var (list, pattern) in _patterns)
            if (_types[list].Contains(value.Type) && pattern.Hits(value.Text))
                any |= Mark([list], value.Type, hits);
        return any;
    }

    private bool MarkAround(string text, IpNetwork network, ObservableType type, Span<ulong> hits)
    {
        var any = Mark(_hosts.Of(text), type, hits);
        for (var length = network.Length; length >= (network.IsIpv4 ? IpNetwork.Ipv4Start : 0); length--)
            any |= Mark(_networks.Around(network, length), type, hits);
        return any;
    }

    private bool MarkAbove(ReadOnlySpan<char> host, ObservableType type, Span<ulong> hits)
    {
        var any = Mark(_hosts.Of(host), type, hits);
        for (var dot = host.IndexOf('.'); dot >= 0; dot = host.IndexOf('.'))
        {
            host = host[(dot + 1)..];
            any |= Mark(_hosts.Of(host), type, hits);
        }
        return any;
    }

    private bool Mark(ReadOnlySpan<ushort> lists, ObservableType type, Span<ulong> hits)
    {
        var any = false;
        foreach (var list in lists)
        {
            if (!_types[list].Contains(type)) continue;
            hits[list / BitsPerWord] |= 1UL << list;
            any = true;
        }
        return any;
    }
}
