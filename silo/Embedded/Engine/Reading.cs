using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>What is read of one home, by key.</summary>
internal static class Reading
{
    private const int RowsPerChunk = 256;
    private const int BytesPerChunk = 1 << 20;

    public static Snapshot? Snapshot(Database database, uint prefix, SubjectFamily family, in Digest subject)
    {
        Span<byte> key = stackalloc byte[Keys.SubjectSize];
        Keys.WriteSubject(key, prefix, family, subject);
        return database.Get(Family.Snapshots, key) is { } value ? SmallFormats.ReadSnapshot(value) : null;
    }

    /// <summary>Rows above a position, ascending, at least one if there is one, then up to so many rows and bytes.</summary>
    public static List<Row> Rows(
        Database database, uint prefix, SubjectFamily family, in Digest subject, long after, int max,
        int maxBytes = int.MaxValue) =>
        after == long.MaxValue ? [] : Rows(database, prefix, family, subject, after + 1, max, backwards: false, maxBytes);

    /// <summary>All rows above a position, ascending, of which no more than a chunk is in memory at once. Rows that are written
    /// or removed meanwhile may be missing.</summary>
    public static IEnumerable<Row> AllRows(Database database, uint prefix, SubjectFamily family, Digest subject, long after)
    {
        while (true)
        {
            var chunk = Rows(database, prefix, family, subject, after, RowsPerChunk, BytesPerChunk);
            if (chunk.Count == 0) yield break;
            foreach (var row in chunk) yield return row;
            after = chunk[^1].Position;
        }
    }

    /// <summary>Rows below a position, descending.</summary>
    public static List<Row> RowsBackwards(
        Database database, uint prefix, SubjectFamily family, in Digest subject, long before, int max) =>
        before <= 0 ? [] : Rows(database, prefix, family, subject, before - 1, max, backwards: true);

    public static LedgerRecord? Record(Database database, uint prefix, long position)
    {
        Span<byte> key = stackalloc byte[Keys.PositionSize];
        Keys.WritePosition(key, prefix, position);
        return database.Get(Family.Ledger, key) is { } value ? RecordFormat.Read(position, value).Record : null;
    }

    /// <summary>Records above a position up to <paramref name="head"/>, at least one, then up to so many bytes.</summary>
    public static List<LedgerRecord> Ledger(Database database, uint prefix, long after, long head, int maxBytes)
    {
        var records = new List<LedgerRecord>();
        if (after >= head) return records;
        long bytes = 0;
        var from = new byte[Keys.PositionSize];
        Keys.WritePosition(from, prefix, Math.Max(after, 0) + 1);
        database.Scan(Family.Ledger, from.AsSpan(0, Keys.PrefixSize), from, backwards: false, (key, value) =>
        {
            bytes += value.Length;
            if (records.Count > 0 && bytes > maxBytes) return false;
            var position = Keys.ReadTrailingPosition(key);
            if (records.Count > 0 && position != records[^1].Position + 1)
                throw new InvalidDataException($"The ledger has a gap after position {records[^1].Position}.");
            records.Add(RecordFormat.Read(position, value.ToArray()).Record);
            return true;
        });
        return records;
    }

    /// <summary>Reads records from the newest down until the search is over.</summary>
    public static ReleaseRecord? Release(Database database, uint prefix, ReleaseSearch search)
    {
        var from = new byte[Keys.PositionSize];
        Keys.WritePosition(from, prefix, long.MaxValue);
        database.Scan(Family.Ledger, from.AsSpan(0, Keys.PrefixSize), from, backwards: true, (key, value) =>
            search.GoesOn(RecordFormat.Read(Keys.ReadTrailingPosition(key), value.ToArray())));
        return search.Found;
    }

    private static List<Row> Rows(
        Database database, uint prefix, SubjectFamily family, in Digest subject, long from, int max, bool backwards,
        int maxBytes = int.MaxValue)
    {
        var rows = new List<Row>();
        long bytes = 0;
        if (max <= 0) return rows;
        Span<byte> start = stackalloc byte[Keys.RowSize];
        Keys.WriteRow(start, prefix, family, subject, Math.Max(from, 0));
        database.Scan(Family.Rows, start[..Keys.SubjectSize], start, backwards, (key, value) =>
        {
            rows.Add(RowFormat.Read(Keys.ReadTrailingPosition(key), value.ToArray()));
            bytes += value.Length;
            return rows.Count < max && bytes < maxBytes;
        });
        return rows;
    }
}
