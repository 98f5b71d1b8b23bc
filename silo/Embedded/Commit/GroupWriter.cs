using System.Text;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>
/// Turns a group of waiting writes into one atomic batch: fates first, then records at the next positions, identifiers, rows,
/// watermarks, documents. Used by the committer's thread only.
/// </summary>
internal sealed class GroupWriter(MarkingBound markings) : IDisposable
{
    private readonly BatchBuffer buffer = new();
    private readonly GroupIdentifiers identifiers = new();
    private readonly RowWriter rows = new();
    private readonly List<(HomeLedger Ledger, GroupRecord Record)> records = [];
    private readonly List<PendingBatch> batches = [];
    private Database live = null!;

    /// <summary>The group's batch; with a count of 0 there is nothing to write.</summary>
    public BatchBuffer Build(Database database, List<PendingWrite> group, long groupNumber)
    {
        buffer.Clear();
        records.Clear();
        batches.Clear();
        foreach (var write in group)
        {
            if (write is not PendingBatch batch) continue;
            batch.Owner = batch.Ledger.Owner(batch.Batch.Owner, buffer);
            batches.Add(batch);
        }

        identifiers.LookUp(database, batches);
        markings.BeginGroup(database, buffer);
        live = database;
        foreach (var write in group) Add(write);
        identifiers.Write(buffer, batches);
        rows.Write(buffer, records);
        if (buffer.Count > 0) buffer.Put(Family.Meta, Keys.Group, SmallFormats.Number(groupNumber));
        return buffer;
    }

    public void Dispose() => identifiers.Dispose();

    private void Add(PendingWrite write)
    {
        switch (write)
        {
            case PendingBatch batch:
                Add(batch);
                break;
            case PendingApply apply:
                Add(apply);
                break;
            case PendingDocument document:
                buffer.Put(Family.Meta, document.Key, [SmallFormats.Version, .. document.Content.Span]);
                break;
            case PendingRetirement retirement:
                Add(retirement);
                break;
            case PendingDrop drop:
                DropWriter.Add(drop, live, buffer);
                break;
            case PendingEpoch epoch:
                Add(epoch);
                break;
            default:
                throw new InvalidOperationException($"BUG: unknown write {write.GetType().Name}.");
        }
    }

    private void Add(PendingBatch pending)
    {
        var accepted = identifiers.Decide(pending, markings);
        var batch = pending.Batch;
        var position = accepted == 0 ? 0 : Record(pending.Ledger, RecordKind.Sightings, new RecordParts
        {
            Origin = Encoding.UTF8.GetBytes(batch.Owner),
            Header = batch.Header.Span,
            Preamble = batch.Preamble.Span,
            Content = batch.Content.Span,
            Items = batch.Items,
            Fates = pending.Fates,
        });
        pending.Result = new CommitReceipt(position, pending.Fates);
        if (position > 0)
            records.Add((pending.Ledger, new(position, batch.Items, pending.Fates, batch.Fragments, batch.FragmentContent)));
    }

    private void Add(PendingApply pending)
    {
        var release = pending.Release;
        var source = Keys.Prefix(release.Source);
        var current = pending.Ledger.WatermarkOf(source);
        pending.Result = current;
        if (!current.IsFollowedBy(release)) return;
        pending.Result = new Watermark(release.Ledger, release.To);
        pending.Ledger.MoveWatermark(source, pending.Result, buffer);
        if (release.Items.Length == 0) return;
        var fates = new ItemFate[release.Items.Length];
        var position = Record(pending.Ledger, RecordKind.Release, new RecordParts
        {
            Origin = RecordFormat.OriginOf(release),
            Header = release.Header.Span,
            Preamble = release.Preamble.Span,
            Content = release.Content.Span,
            Items = release.Items,
            Fates = fates,
        });
        records.Add((pending.Ledger, new(position, release.Items, fates, release.Fragments, release.FragmentContent)));
    }

    private void Add(PendingEpoch epoch)
    {
        var ledger = epoch.Ledger;
        if (epoch.Acknowledged <= ledger.Next || !ledger.OpenEpoch(buffer)) return;
        buffer.Put(Family.Meta, Keys.Survivor(ledger.Prefix, ledger.Identity.Epoch + 1), SmallFormats.Number(ledger.Next));
    }

    private void Add(PendingRetirement retirement)
    {
        retirement.IsTooLate = retirement.Snapshot is not null && !retirement.Ledger.IsIn(retirement.Epoch);
        if (retirement.IsTooLate) return;
        if (retirement.Snapshot is { } snapshot) buffer.Put(Family.Snapshots, snapshot.Key, snapshot.Value);
        if (retirement.Retired is { } retired) buffer.Put(Family.Meta, retired.Key, retired.Value);
        foreach (var key in retirement.Rows) buffer.Delete(Family.Rows, key);
        foreach (var key in retirement.Records) buffer.Delete(Family.Ledger, key);
        // The newest record may be among them: from now on this says where the ledger ends.
        if (retirement.Records.Count > 0)
            buffer.Put(Family.Meta, Keys.Head(retirement.Ledger.Prefix), SmallFormats.Number(retirement.Ledger.Next));
        Span<byte> identifier = stackalloc byte[Keys.IdentifierSize];
        foreach (var (owner, id) in retirement.Identifiers)
        {
            IdentifierKey.Of(retirement.Ledger.Prefix, retirement.Ledger.Owner(owner, buffer).Number, id, 0).Write(identifier);
            buffer.Delete(Family.Identifiers, identifier);
        }
    }

    private long Record(HomeLedger ledger, RecordKind kind, RecordParts parts)
    {
        var position = ++ledger.Next;
        Span<byte> key = stackalloc byte[Keys.PositionSize];
        Keys.WritePosition(key, ledger.Prefix, position);
        RecordFormat.Write(buffer.Put(Family.Ledger, key, RecordFormat.Size(parts)), position, kind, parts);
        return position;
    }
}
