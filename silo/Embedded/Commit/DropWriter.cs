using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>Takes back what a release applied. While it looks and until it is written nothing else writes what it touches.</summary>
internal static class DropWriter
{
    /// <summary>Puts a drop into a group's batch, unless the group has one of the ledger already: then nothing changes, and it is asked for
    /// again.</summary>
    public static void Add(PendingDrop pending, Database database, BatchBuffer buffer)
    {
        var (ledger, drop) = (pending.Ledger, pending.Drop);
        var source = Keys.Prefix(drop.Source);
        pending.Result = ledger.WatermarkOf(source);
        if (pending.Result != drop.Known || drop.Release?.Record.Position <= ledger.RetiredTo) return;
        if (drop.Release is not null && !ledger.OpenEpoch(buffer)) return;
        pending.Result = drop.Next;
        ledger.MoveWatermark(source, drop.Next, buffer);
        if (drop.Release is not { } release) return;
        var position = release.Record.Position;
        Span<byte> key = stackalloc byte[Keys.PositionSize];
        Keys.WritePosition(key, ledger.Prefix, position);
        buffer.Put(Family.Ledger, key, RecordFormat.Dropped(drop, release, position));
        foreach (var subject in drop.Subjects) DropRow(database, buffer, ledger.Prefix, subject, position);
        foreach (var seen in drop.Seen) Drop(database, buffer, ledger.Prefix, seen);
    }

    private static void DropRow(Database database, BatchBuffer buffer, uint prefix, in SubjectName subject, long record)
    {
        Span<byte> key = stackalloc byte[Keys.RowSize];
        foreach (var row in Reading.Rows(database, prefix, subject.Family, subject.Digest, record - 1, max: 1))
        {
            if (row.Fragments.All(fragment => fragment.RecordPosition != record)) continue;
            Keys.WriteRow(key, prefix, subject.Family, subject.Digest, row.Position);
            if (RowFormat.Without(row, record) is { Length: > 0 } left) buffer.Put(Family.Rows, key, left);
            else buffer.Delete(Family.Rows, key);
        }

        Keys.WriteSubject(key, prefix, subject.Family, subject.Digest);
        if (database.Get(Family.Meta, Keys.Retired(prefix, subject.Family, subject.Digest)) is { } retired)
            buffer.Put(Family.Snapshots, key[..Keys.SubjectSize], retired);
        else buffer.Delete(Family.Snapshots, key[..Keys.SubjectSize]);
    }

    private static void Drop(Database database, BatchBuffer buffer, uint prefix, SeenDrop seen)
    {
        var group = LastSeenKeys.DigestOf(seen.Group.Span);
        foreach (var member in seen.Gone)
        {
            var place = LastSeenKeys.Place(prefix, group, member.Hour, member.Bytes.Span);
            database.Scan(Family.Rows, place, place, backwards: false, (key, _) =>
            {
                // Of a member whose bytes begin so there may be others.
                if (key.Length == place.Length + sizeof(long)) buffer.Delete(Family.Rows, key);
                return true;
            });
            foreach (var at in member.Turns)
                buffer.Delete(Family.Rows, LastSeenKeys.Turn(prefix, at, group, member.Bytes.Span, member.Since));
        }

        foreach (var member in seen.Left) buffer.Put(Family.Rows, LastSeenKeys.Member(prefix, group, member.Hour, member), []);
    }
}
