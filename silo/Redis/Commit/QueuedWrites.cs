using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Redis.Commit;

/// <summary>A producer's batch.</summary>
internal sealed class QueuedBatch(PreparedBatch batch) : PendingWrite<CommitReceipt>
{
    public PreparedBatch Batch { get; } = batch;
    public ItemFate[] Fates { get; } = new ItemFate[batch.Items.Length];

    /// <summary>The place of its record in the group, from 1; 0 for none.</summary>
    public int Record { get; set; }

    public override int Items => Batch.Items.Length;
    public override long Bytes { get; } =
        batch.Header.Length + batch.Preamble.Length + batch.Content.Length + RowBytes(batch.Fragments);
}

/// <summary>A release to apply.</summary>
internal sealed class QueuedApply(PreparedRelease release) : PendingWrite<Watermark>
{
    public PreparedRelease Release { get; } = release;
    public override int Items => Release.Items.Length;
    public override long Bytes { get; } =
        release.Header.Length + release.Preamble.Length + release.Content.Length + RowBytes(release.Fragments);
}

/// <summary>A document to replace.</summary>
internal sealed class QueuedDocument(string name, ReadOnlyMemory<byte> content) : PendingWrite<bool>
{
    public string Name { get; } = name;
    public ReadOnlyMemory<byte> Content { get; } = content;
    public override int Items => 1;
    public override long Bytes => Content.Length;
}
