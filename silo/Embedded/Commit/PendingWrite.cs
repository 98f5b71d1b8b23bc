using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Format;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>A write that waits for its group.</summary>
internal abstract class PendingWrite(HomeLedger ledger)
{
    public HomeLedger Ledger { get; } = ledger;
    public abstract int Items { get; }

    /// <summary>About how many bytes it will put into the group.</summary>
    public abstract long Bytes { get; }

    /// <summary>It is durable.</summary>
    public abstract void Complete();

    /// <summary>It is not acknowledged.</summary>
    public abstract void Fail(Exception reason);

    /// <summary>The bytes of rows: an item's fragment stands in the row of each of its observables.</summary>
    protected static long RowBytes(PreparedFragment[] fragments)
    {
        var bytes = 0L;
        foreach (ref readonly var fragment in fragments.AsSpan()) bytes += fragment.Length;
        return bytes;
    }
}

/// <summary>A write whose caller waits for a result.</summary>
internal abstract class PendingWrite<T>(HomeLedger ledger) : PendingWrite(ledger)
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => done.Task;

    /// <summary>What the caller gets once the group is durable.</summary>
    public T Result { get; set; } = default!;

    public override void Complete() => done.TrySetResult(Result);

    public override void Fail(Exception reason) => done.TrySetException(reason);
}

/// <summary>A producer's batch.</summary>
internal sealed class PendingBatch(HomeLedger ledger, PreparedBatch batch) : PendingWrite<CommitReceipt>(ledger)
{
    public PreparedBatch Batch { get; } = batch;
    public ItemFate[] Fates { get; } = new ItemFate[batch.Items.Length];
    public OwnerState Owner { get; set; } = null!;
    public override int Items => Batch.Items.Length;
    public override long Bytes { get; } =
        batch.Header.Length + batch.Preamble.Length + batch.Content.Length + RowBytes(batch.Fragments);
}

/// <summary>A release to apply.</summary>
internal sealed class PendingApply(HomeLedger ledger, PreparedRelease release) : PendingWrite<Watermark>(ledger)
{
    public PreparedRelease Release { get; } = release;
    public override int Items => Release.Items.Length;
    public override long Bytes { get; } =
        release.Header.Length + release.Preamble.Length + release.Content.Length + RowBytes(release.Fragments);
}

/// <summary>A document to replace.</summary>
internal sealed class PendingDocument(HomeLedger ledger, byte[] key, ReadOnlyMemory<byte> content) : PendingWrite<bool>(ledger)
{
    public byte[] Key { get; } = key;
    public ReadOnlyMemory<byte> Content { get; } = content;
    public override int Items => 1;
    public override long Bytes => Content.Length;
}

/// <summary>What retention takes away, and the snapshot that takes its place, if any.</summary>
internal sealed class PendingRetirement(HomeLedger ledger) : PendingWrite<bool>(ledger)
{
    public (byte[] Key, byte[] Value)? Snapshot { get; init; }
    public IReadOnlyList<byte[]> Rows { get; init; } = [];
    public IReadOnlyList<byte[]> Records { get; init; } = [];
    public IReadOnlyList<(string Owner, Guid Id)> Identifiers { get; init; } = [];
    public override int Items => 1 + Rows.Count + Records.Count + Identifiers.Count;
    public override long Bytes => (Snapshot?.Value.Length ?? 0) + (long)Items * Keys.RowSize;
}
