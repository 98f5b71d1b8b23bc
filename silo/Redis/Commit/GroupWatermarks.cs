using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis.Commit;

/// <summary>The watermarks that a group reads and moves, beside those that this writer knows.</summary>
internal sealed class GroupWatermarks
{
    private readonly Dictionary<string, byte[]> _known = [];
    private readonly Dictionary<string, byte[]> _moved = [];
    private string[] _sent = [];

    /// <summary>How many the group names.</summary>
    public int Count => _moved.Count;

    /// <summary>Begins an attempt.</summary>
    public void Clear() => _moved.Clear();

    /// <summary>A source's watermark, the group included. Even where nothing moves the server is asked: another writer may have moved
    /// it.</summary>
    public Watermark Of(string source)
    {
        _moved.TryAdd(source, []);
        var current = _moved[source] is { Length: > 0 } moved ? moved : _known.GetValueOrDefault(source, []);
        return current.Length == 0 ? default : SmallFormats.ReadWatermark(current);
    }

    /// <summary>Moves a source's watermark.</summary>
    public void Move(string source, Watermark to) => _moved[source] = SmallFormats.Watermark(to);

    /// <summary>Writes them as the script reads them.</summary>
    public void Write(List<RedisValue> values)
    {
        _sent = [.. _moved.Keys];
        values.Add(_sent.Length);
        foreach (var source in _sent) values.AddRange([source, _known.GetValueOrDefault(source, []), _moved[source]]);
    }

    /// <summary>The server told one that is otherwise.</summary>
    public void Learn(int place, byte[] stored) => _known[_sent[place]] = stored;

    /// <summary>The group is durable.</summary>
    public void Complete()
    {
        foreach (var (source, watermark) in _moved) if (watermark.Length > 0) _known[source] = watermark;
    }
}
