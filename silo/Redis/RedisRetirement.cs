using System.Buffers.Binary;
using System.Text;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>
/// What retention takes away. Each step is one script that looks whether the oldest is still what was read, since several nodes may do
/// this at once; asking again after an unknown outcome finds it done.
/// </summary>
internal static class RedisRetirement
{
    private const int RowsPerStep = 1_024;
    private const int BytesPerStep = 1 << 20;
    private const int RefusalsMax = 100;

    /// <summary>Puts a snapshot in the place of a subject's rows whose records all lie at or below a position.</summary>
    public static async Task Rows(
        RedisLedger ledger, SubjectFamily family, Digest subject, Snapshot snapshot, Snapshot? retired, long through,
        CancellationToken cancellation)
    {
        var content = SmallFormats.Snapshot(snapshot);
        for (var refusals = 0; refusals < RefusalsMax;)
        {
            var rows = await RowReading.Up(ledger, family, subject, 0, RowsPerStep, BytesPerStep, cancellation);
            var going = rows.TakeWhile(row => row.Position <= snapshot.Position
                && row.Fragments.All(fragment => fragment.RecordPosition <= through)).Count();
            var oldest = new byte[sizeof(long)];
            if (going > 0) BinaryPrimitives.WriteInt64BigEndian(oldest, rows[0].Position);
            var answer = await ledger.WriteFenced(
                RedisScript.RetireRows, [ledger.Keys.Meta, ledger.Keys.Rows(family, subject), ledger.Keys.Snapshot(family, subject),
                    ledger.Keys.Retired(family, subject)],
                [
                    default, default, through, going, oldest, snapshot.Position, content, retired?.Position ?? 0,
                    retired is { } gone ? SmallFormats.Snapshot(gone) : RedisValue.EmptyString,
                ],
                cancellation, snapshot.Epoch);
            if ((string?)answer[4] == "ledger")
                throw new StoreUnavailableException("What was to be retired was folded in an epoch that is over.");
            if ((string?)answer[4] != "done") refusals++;
            else if (going < rows.Count || going == 0) return;
        }

        throw new StoreUnavailableException("The store is busy: others take the same rows away.");
    }

    /// <summary>Removes the records up to a position, oldest first, each with its identifiers.</summary>
    public static async Task Records(RedisLedger ledger, long through, CancellationToken cancellation)
    {
        for (var refusals = 0; refusals < RefusalsMax;)
        {
            var records = await RecordReading.Above(ledger, 0, through, BytesPerStep, cancellation);
            if (records.Count == 0) return;
            var values = new List<RedisValue>
            {
                default, default, records[0].Record.Position, records[^1].Record.Position,
            };
            AddIdentifiers(values, records);
            var answer = await ledger.WriteFenced(
                RedisScript.RetireRecords, [ledger.Keys.Meta, ledger.Keys.Ledger], [.. values], cancellation);
            if ((string?)answer[4] != "done") refusals++;
        }

        throw new StoreUnavailableException("The store is busy: others take the same records away.");
    }

    private static void AddIdentifiers(List<RedisValue> values, List<StoredRecord> records)
    {
        var owners = records.Where(record => record.Kind != RecordKind.Release)
            .GroupBy(record => Encoding.UTF8.GetString(record.Origin.Span)).ToList();
        values.Add(owners.Count);
        foreach (var owner in owners)
        {
            var ids = owner.SelectMany(RecordFormat.Ids).ToList();
            values.Add(owner.Key);
            values.Add(ids.Count);
            foreach (var id in ids) values.Add(id.ToByteArray(bigEndian: true));
        }
    }
}
