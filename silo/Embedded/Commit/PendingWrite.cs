using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>A producer's batch.</summary>
internal sealed class PendingBatch(HomeLedger ledger, PreparedBatch batch) : PendingWrite<CommitReceipt>
{
    public HomeLedger Ledger { get; } = ledger;
    public PreparedBatch Batch { get; } = batch;
    public ItemFate[] Fates { get; } = new ItemFate[batch.Items.Length];
    public OwnerState Owner { get; set; } = null!;
    public override int Items => Batch.Items.Length;
    public override long Bytes { get; } =
        batch.Header.Length + batch.Preamble.Length + batch.Content.Length + RowBytes(batch.Fragments);
}

/// <summary>A release to apply.</summary>
internal sealed class PendingApply(HomeLedger ledger, PreparedRelease release) : PendingWrite<Watermark>
{
    public HomeLedger Ledger { get; } = ledger;
    public PreparedRelease Release { get; } = release;
    public override int Items => Release.Items.Length;
    public override long Bytes { get; } =
        release.Header.Length + release.Preamble.Length + release.Content.Length + RowBytes(release.Fragments);
}

/// <summary>A document to replace.</summary>
internal sealed class PendingDocument(HomeLedger ledger, byte[] key, ReadOnlyMemory<byte> content) : PendingWrite<bool>
{
    public HomeLedger Ledger { get; } = ledger;
    public byte[] Key { get; } = key;
    public ReadOnlyMemory<byte> Content { get; } = content;
    public override int Items => 1;
    public override long Bytes => Content.Length;
}

/// <summary>What retention takes away, and the snapshot that takes its place, if any.</summary>
internal sealed class PendingRetirement(HomeLedger ledger) : PendingWrite<bool>
{
    public HomeLedger Ledger { get; } = ledger;
    public (byte[] Key, byte[] Value)? Snapshot { get; init; }

    public (byte[] Key, byte[] Value)? Retired { get; init; }

    /// <summary>The epoch in which the snapshot was folded.</summary>
    public int Epoch { get; init; }

    /// <summary>Whether another has begun: then nothing is taken away.</summary>
    public bool IsTooLate { get; set; }
    public IReadOnlyList<byte[]> Rows { get; init; } = [];
    public IReadOnlyList<byte[]> Records { get; init; } = [];
    public IReadOnlyList<(string Owner, Guid Id)> Identifiers { get; init; } = [];
    public override int Items => 1 + Rows.Count + Records.Count + Identifiers.Count;
    public override long Bytes => (Snapshot?.Value.Length ?? 0) + (Retired?.Value.Length ?? 0) + (long)Items * Keys.RowSize;
}

/// <summary>What goes of a release that was applied.</summary>
internal sealed class PendingDrop(HomeLedger ledger, PreparedDrop drop) : PendingWrite<Watermark>
{
    public HomeLedger Ledger { get; } = ledger;
    public PreparedDrop Drop { get; } = drop;
    public override int Items => 1 + Drop.Subjects.Count;
    public override long Bytes => (long)Items * Keys.RowSize;
}

/// <summary>An epoch to open, if the ledger ends before a position.</summary>
internal sealed class PendingEpoch(HomeLedger ledger, long acknowledged) : PendingWrite<bool>
{
    public HomeLedger Ledger { get; } = ledger;
    public long Acknowledged { get; } = acknowledged;
    public override int Items => 1;
    public override long Bytes => 0;
}
