using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Storage;

/// <summary>A write that waits for its group.</summary>
internal abstract class PendingWrite
{
    /// <summary>How many items it counts for.</summary>
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
internal abstract class PendingWrite<T> : PendingWrite
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => done.Task;

    /// <summary>What the caller gets once the group is durable.</summary>
    public T Result { get; set; } = default!;

    public override void Complete() => done.TrySetResult(Result);

    public override void Fail(Exception reason) => done.TrySetException(reason);
}
