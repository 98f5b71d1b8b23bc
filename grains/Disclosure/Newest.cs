using CrossBorderSoc.Contracts.Encoding;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// Texts with their latest last-seen, of which the newest <c>keep</c> survive: by exact time and, since the Redacted
/// form orders by the hour, also by hour; ties by text (decision 0001). It holds at most eight times that many; adding
/// costs O(1) amortised. A text that once fell out of both orders can only come back with a later time, so the order of
/// adding does not matter.
/// </summary>
internal sealed class Newest(int keep)
{
    private const int IndexFrom = 16;
    private const int Slack = 8;
    private static readonly Comparer<Entry> ExactOrder = Comparer<Entry>.Create(ByExact);
    private static readonly Comparer<Entry> HourOrder = Comparer<Entry>.Create(ByHour);

    private Entry[] _entries = new Entry[1];
    private int _count;
    private Dictionary<string, int>? _index;
    private Cut? _cut;

    /// <summary>
    /// The held texts: all of the newest, and perhaps some that no longer are. In no particular order.
    /// </summary>
    public ReadOnlySpan<Entry> Entries => _entries.AsSpan(0, _count);

    /// <summary>Adds a text, or raises its time.</summary>
    public void Add(string text, long lastSeen)
    {
        var entry = new Entry(text, lastSeen);
        if (_cut is { } cut && ByExact(entry, cut.Exact) > 0 && ByHour(entry, cut.Hour) > 0) return;
        var at = IndexOf(text);
        if (at >= 0)
        {
            if (_entries[at].Last < lastSeen) _entries[at] = entry with { Text = _entries[at].Text };
            return;
        }
        if (_count == Slack * keep) Prune();
        if (_count == _entries.Length) Array.Resize(ref _entries, Math.Min(_count * 2, Slack * keep));
        _index?.Add(text, _count);
        _entries[_count++] = entry;
        if (_index is null && _count > IndexFrom) BuildIndex();
    }

    /// <summary>Adds every text of another.</summary>
    public void Merge(Newest other)
    {
        foreach (var entry in other.Entries) Add(entry.Text, entry.Last);
    }

    /// <summary>Writes the newest, sorted by text.</summary>
    public void Write(ByteWriter writer)
    {
        if (_count > keep) Prune();
        writer.VarUInt((ulong)_count);
        var sorted = Entries.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Text, b.Text));
        foreach (var entry in sorted)
        {
            writer.Text(entry.Text);
            writer.VarInt(entry.Last);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Newest Read(ref ByteReader reader, int keep)
    {
        var count = reader.Count();
        if (count == 0 || count > 2 * keep) throw ByteReader.Damaged();
        var read = new Newest(keep) { _entries = new Entry[count] };
        for (var i = 0; i < count; i++) read.Add(reader.Text(), reader.VarInt());
        return read;
    }

    private void Prune()
    {
        Array.Sort(_entries, 0, _count, ExactOrder);
        var exact = _entries[keep - 1];
        var byHour = Entries.ToArray();
        Array.Sort(byHour, HourOrder);
        _cut = new(exact, byHour[keep - 1]);
        var kept = keep;
        foreach (var entry in byHour.AsSpan(0, keep))
            if (ByExact(entry, exact) > 0) _entries[kept++] = entry;
        Array.Clear(_entries, kept, _count - kept);
        _count = kept;
        BuildIndex();
    }

    private static int ByExact(Entry a, Entry b) =>
        a.Last != b.Last ? b.Last.CompareTo(a.Last) : string.CompareOrdinal(a.Text, b.Text);

    private static int ByHour(Entry a, Entry b)
    {
        var order = Hours.Floor(b.Last).CompareTo(Hours.Floor(a.Last));
        return order != 0 ? order : string.CompareOrdinal(a.Text, b.Text);
    }

    private int IndexOf(string text)
    {
        if (_index is not null) return _index.GetValueOrDefault(text, -1);
        for (var i = 0; i < _count; i++)
            if (_entries[i].Text == text) return i;
        return -1;
    }

    private void BuildIndex()
    {
        if (_index is null) _index = new(_count * 2, StringComparer.Ordinal);
        else _index.Clear();
        for (var i = 0; i < _count; i++) _index.Add(_entries[i].Text, i);
    }

    /// <summary>A text and its latest last-seen (Unix milliseconds UTC).</summary>
    public readonly record struct Entry(string Text, long Last);

    // What was last in each order when something had to go: whatever is behind both cannot be among the newest any
    // more.
    private sealed record Cut(Entry Exact, Entry Hour);
}
