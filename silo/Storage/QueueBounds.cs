namespace CrossBorderSoc.Silo.Storage;

/// <summary>How much a committer takes at once, and how much may wait for it. Not configuration: measured once, changed by tests.</summary>
internal record QueueBounds
{
    /// <summary>Most items that one group of batches holds, unless a single batch is larger.</summary>
    public int GroupItemsMax { get; init; } = 8_000;

    /// <summary>Most bytes that one group holds, unless a single batch is larger.</summary>
    public long GroupBytesMax { get; init; } = 4L << 20;

    /// <summary>Most items that wait in the queue before callers wait for room.</summary>
    public int QueueItemsMax { get; init; } = 64_000;

    /// <summary>Most bytes that wait in the queue before callers wait for room.</summary>
    public long QueueBytesMax { get; init; } = 64L << 20;

    /// <summary>Most writes that wait for room in the queue; one more is refused.</summary>
    public int WaitingMax { get; init; } = 4_096;

    /// <summary>Most bytes of writes that wait for room in the queue; what exceeds them is refused.</summary>
    public long WaitingBytesMax { get; init; } = 128L << 20;
}
