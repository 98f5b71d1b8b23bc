using System.Buffers.Binary;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>
/// Takes back what releases applied. One script does it, if the ledger is in the epoch in which everything was read; only a drop changes rows
/// that are there, and each begins an epoch. Asking again after an unknown outcome finds it done.
/// </summary>
internal static class RedisDrops
{
    private const int PositionsAtOnce = 256;
    private const int BytesAtOnce = 4 << 20;

    /// <summary>Reads records from the newest down until the search is over.</summary>
    public static async Task<ReleaseRecord?> Find(RedisLedger ledger, ReleaseSearch search, CancellationToken cancellation)
    {
        for (var through = ledger.State.Head; through > ledger.State.RetiredTo; through -= PositionsAtOnce)
        {
            foreach (var record in (await Window(ledger, through - PositionsAtOnce, through, cancellation)).AsEnumerable().Reverse())
                if (!search.GoesOn(record)) return search.Found;
        }

        return null;
    }

    /// <summary>Takes back a release, or only moves a watermark.</summary>
    public static async Task<Watermark> Drop(RedisLedger ledger, PreparedDrop drop, CancellationToken cancellation)
    {
        var present = ledger.State.Identity;
        var position = drop.Release?.Record.Position ?? 0;
        var values = new List<RedisValue>
        {
            SmallFormats.Identity(present), SmallFormats.Identity(present with { Epoch = present.Epoch + 1 }), drop.Source.Code,
            drop.Known == default ? RedisValue.EmptyString : SmallFormats.Watermark(drop.Known), SmallFormats.Watermark(drop.Next), position,
            drop.Release is { } release ? RecordFormat.Dropped(drop, release, RecordReading.Seed) : RedisValue.EmptyString,
        };
        await AddRows(values, ledger, drop.Subjects, position, cancellation);
        values.Add(drop.Subjects.Count);
        foreach (var subject in drop.Subjects) values.Add(RedisKeys.Subject(subject.Family, subject.Digest));
        values.Add(drop.Seen.Count);
        foreach (var seen in drop.Seen) RedisLastSeen.Add(values, seen);
        var answer = await ledger.Write(RedisScript.Drop, [ledger.Keys.Meta, ledger.Keys.Ledger], [.. values], cancellation);
        return (byte[])answer[5]! is { Length: > 0 } stored ? SmallFormats.ReadWatermark(stored) : default;
    }

    // What a subject has of a record stands in its first row that is not below it.
    private static async Task AddRows(
        List<RedisValue> values, RedisLedger ledger, IReadOnlyCollection<SubjectName> subjects, long record, CancellationToken cancellation)
    {
        var at = values.Count;
        values.Add(0);
        foreach (var subject in subjects)
        {
            var rows = await RowReading.Up(ledger, subject.Family, subject.Digest, record - 1, max: 1, int.MaxValue, cancellation);
            if (rows.Count == 0 || rows[0].Fragments.All(fragment => fragment.RecordPosition != record)) continue;
            var position = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(position, rows[0].Position);
            values.Add(RedisKeys.Subject(subject.Family, subject.Digest));
            values.Add(position);
            values.Add(RowFormat.Without(rows[0], record));
            values[at] = (int)values[at] + 1;
        }
    }

    // What the window's bytes leave out is read with the next question.
    private static async Task<List<StoredRecord>> Window(RedisLedger ledger, long after, long through, CancellationToken cancellation)
    {
        var window = new List<StoredRecord>();
        while (await RecordReading.Above(ledger, after, through, BytesAtOnce, cancellation) is { Count: > 0 } records)
        {
            window.AddRange(records.Where(record => record.Kind == RecordKind.Release && record.Record.Items.Count > 0));
            after = records[^1].Record.Position;
        }

        return window;
    }
}
