using System.Collections.Immutable;
using System.IO.Hashing;
using System.Numerics;
using System.Text;
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
        Mark = MarkOf(sorted);
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

    /// <summary>32 bits of a digest of all that the lists say: the same on every node that has them.</summary>
    public uint Mark { get; }

    /// <summary>The names of the lists that hold a value. Sorted (ordinal).</summary>
    public ImmutableArray<string> NamesOf(in Observable value)
    {
        Span<ulong> hits = stackalloc ulong[WarninglistFiles.ListsMax / BitsPerWord];
        if (!Find(value, hits)) return [];
        var names = ImmutableArray.CreateBuilder<string>();
        for (var word = 0; word < hits.Length; word++)
            for (var bits = hits[word]; bits != 0; bits &= bits - 1)
                names.Add(_names[word * BitsPerWord + BitOperations.TrailingZeroCount(bits)]);
        return names.DrainToImmutable();
    }

    /// <summary>Whether any list holds a value.</summary>
    public bool Holds(in Observable value) => Find(value, stackalloc ulong[WarninglistFiles.ListsMax / BitsPerWord]);

    private bool Find(in Observable value, Span<ulong> hits)
    {
        var any = Add(_texts.Of(value.Text), value.Type, hits);
        if (ObservableHost.TryFind(value, out var host))
            any |= IpNetwork.TryRead(host, out var network)
                ? AddAround(host.Text, network, value.Type, hits)
                : AddAbove(host.Text, value.Type, hits);
        foreach (var (list, pattern) in _patterns)
            if (_types[list].Contains(value.Type) && pattern.Hits(value.Text))
                any |= Add([list], value.Type, hits);
        return any;
    }

    private bool AddAround(string text, IpNetwork network, ObservableType type, Span<ulong> hits)
    {
        var any = Add(_hosts.Of(text), type, hits);
        for (var length = network.Length; length >= (network.IsIpv4 ? IpNetwork.Ipv4Start : 0); length--)
            any |= Add(_networks.Around(network, length), type, hits);
        return any;
    }

    private bool AddAbove(ReadOnlySpan<char> host, ObservableType type, Span<ulong> hits)
    {
        var any = Add(_hosts.Of(host), type, hits);
        for (var dot = host.IndexOf('.'); dot >= 0; dot = host.IndexOf('.'))
        {
            host = host[(dot + 1)..];
            any |= Add(_hosts.Of(host), type, hits);
        }
        return any;
    }

    private bool Add(ReadOnlySpan<ushort> lists, ObservableType type, Span<ulong> hits)
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

    // Whatever the order of entries.
    private static uint MarkOf(IEnumerable<Warninglist> sorted)
    {
        var digest = new XxHash32();
        foreach (var list in sorted)
        {
            var entries = list.Entries.Aggregate(0UL, (sum, entry) => unchecked(sum + XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(entry))));
            digest.Append(Encoding.UTF8.GetBytes(
                string.Create(null, $"{list.Name}\n{list.Kind} {list.Types.Mask} {list.Entries.Count} {entries}\n")));
        }
        return digest.GetCurrentHashAsUInt32();
    }
}
