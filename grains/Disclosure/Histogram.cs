using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Encoding;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// Counts by hour, sorted, of the newest <see cref="Bounds.HistogramHoursMax"/> hours. Adding in the order of time is
/// O(1) amortised. A default one is empty. A mutable struct: hold it in a field, never copy it.
/// </summary>
internal struct Histogram
{
    private const int Kept = Bounds.HistogramHoursMax;
    private Cell[]? _cells;
    private int _count;

    /// <summary>The kept hours (starts, Unix milliseconds UTC), oldest first.</summary>
    public readonly ReadOnlySpan<Cell> Cells => _cells.AsSpan(Math.Max(0, _count - Kept), Math.Min(_count, Kept));

    /// <summary>Adds a count at the hour of an instant.</summary>
    public void Add(long instant, long count)
    {
        var hour = Hours.Floor(instant);
        var at = _count - 1;
        if (at >= 0 && _cells![at].Hour > hour) at = LastNotAfter(hour);
        if (at >= 0 && _cells![at].Hour == hour) _cells[at].Count += count;
        else Insert(at + 1, new() { Hour = hour, Count = count });
    }

    /// <summary>Adds every hour of another.</summary>
    public void Merge(in Histogram other)
    {
        foreach (var cell in other.Cells) Add(cell.Hour, cell.Count);
    }

    /// <summary>Writes the kept hours.</summary>
    public readonly void Write(ByteWriter writer)
    {
        writer.VarUInt((ulong)Cells.Length);
        long before = 0;
        foreach (var cell in Cells)
        {
            // Wraps on purpose: differences of any two instants come back exactly.
            writer.VarInt(unchecked(cell.Hour - before));
            writer.VarUInt((ulong)cell.Count);
            before = cell.Hour;
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Histogram Read(ref ByteReader reader)
    {
        var read = default(Histogram);
        var count = reader.Count();
        if (count > Kept) throw ByteReader.Damaged();
        read._cells = count == 0 ? null : new Cell[count];
        long before = 0;
        for (; read._count < count; read._count++)
        {
            var hour = unchecked(before + reader.VarInt());
            if (hour != Hours.Floor(hour) || (read._count > 0 && hour <= before)) throw ByteReader.Damaged();
            read._cells![read._count] = new() { Hour = before = hour, Count = (long)reader.VarUInt() };
        }
        return read;
    }

    private readonly int LastNotAfter(long hour)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_cells![middle].Hour <= hour) low = middle + 1;
            else high = middle;
        }
        return low - 1;
    }

    private void Insert(int at, in Cell cell)
    {
        // Room for twice the kept hours, so that dropping the oldest costs one copy per so many new hours.
        if (_count == 2 * Kept)
        {
            if (at < Kept) return;
            _cells.AsSpan(Kept).CopyTo(_cells);
            (_count, at) = (Kept, at - Kept);
        }
        if (_cells is null) _cells = new Cell[1];
        else if (_count == _cells.Length) Array.Resize(ref _cells, _cells.Length * 2);
        _cells.AsSpan(at, _count - at).CopyTo(_cells.AsSpan(at + 1));
        _cells[at] = cell;
        _count++;
    }

    /// <summary>One hour.</summary>
    public struct Cell
    {
        /// <summary>Its start, Unix milliseconds UTC.</summary>
        public long Hour;

        /// <summary>The sum of counts.</summary>
        public long Count;
    }
}
