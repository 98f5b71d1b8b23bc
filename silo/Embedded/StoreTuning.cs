using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded;

/// <summary>Sizes of the embedded store. Not configuration: measured once, changed by tests.</summary>
internal sealed record StoreTuning : QueueBounds
{
    /// <summary>Memory of unflushed writes, over all families.</summary>
    public long MemtableBytes { get; init; } = 192L << 20;

    /// <summary>Size of a family's memtable at which all are flushed.</summary>
    public long WriteBufferBytes { get; init; } = 64L << 20;

    /// <summary>Memory of the block cache, which also holds indexes and filters.</summary>
    public long BlockCacheBytes { get; init; } = 128L << 20;

    /// <summary>Size of the write-ahead log at which all is flushed: bounds the work of a restart.</summary>
    public long LogBytesMax { get; init; } = 256L << 20;

    /// <summary>Bytes of table files verified before the store opens, newest first; the rest follows in the background.</summary>
    public long VerifyBeforeOpenBytesMax { get; init; } = 1L << 30;

    /// <summary>How long a store that could not write waits before it tries to reopen.</summary>
    public TimeSpan HealAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Room that must be there, beside as much as the write-ahead log holds, before a store that could not write
    /// reopens.</summary>
    public int HealRoomBytes { get; init; } = 8 << 20;

    /// <summary>False only in the test that proves the crash test's power.</summary>
    public bool SyncWrites { get; init; } = true;

    /// <summary>Called with a group's number when it is on disk and nobody has been told; throws only in tests of an outcome that
    /// turns out otherwise than it seemed.</summary>
    public Action<long> AfterWrite { get; init; } = _ => { };

    /// <summary>Most subjects whose markings are remembered, over all homes.</summary>
    public int CensusSubjectsKeptMax { get; init; } = 65_536;
}
