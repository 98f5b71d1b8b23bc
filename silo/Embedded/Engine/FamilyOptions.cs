using CrossBorderSoc.Silo.Embedded.Format;
using RocksDbSharp;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>How each family is kept, from what is asked of it.</summary>
internal static class FamilyOptions
{
    public static readonly string[] Names = ["default", "ledger", "identifiers", "rows", "snapshots"];

    private const int FilterBitsPerKey = 10;

    public static ColumnFamilyOptions For(Family family, StoreTuning tuning, Cache cache)
    {
        var options = new ColumnFamilyOptions()
            .SetBlockBasedTableFactory(Table(family, cache))
            .SetWriteBufferSize((ulong)tuning.WriteBufferBytes)
            .SetMaxWriteBufferNumber(4);
        switch (family)
        {
            case Family.Ledger:
                // Written once, read once by the releaser, then hardly ever. Every table holds the newest records of all homes, so
                // tables overlap, and levels would rewrite each record many times.
                return UniversalCompaction(options.SetCompression(Compression.Lz4));
            case Family.Identifiers:
                // Random keys, asked for once per sighting and almost never there: few rewrites, filters answer.
                Native.Instance.rocksdb_options_set_memtable_whole_key_filtering(options.Handle, 1);
                return UniversalCompaction(options.SetCompression(Compression.No).SetMemtablePrefixBloomSizeRatio(0.1));
            case Family.Rows:
                return UniversalCompaction(options.SetCompression(Compression.No)
                    .SetPrefixExtractor(SliceTransform.CreateFixedPrefix(Keys.SubjectSize))
                    .SetMemtablePrefixBloomSizeRatio(0.05));
            default:
                return options.SetCompression(Compression.Lz4);
        }
    }

    private static BlockBasedTableOptions Table(Family family, Cache cache)
    {
        var table = new BlockBasedTableOptions()
            .SetBlockCache(cache)
            .SetFilterPolicy(BloomFilterPolicy.Create(FilterBitsPerKey, false))
            .SetFormatVersion(6)
            .SetCacheIndexAndFilterBlocks(!IsAskedForEachSighting(family))
            .SetPinL0FilterAndIndexBlocksInCache(true)
            .SetBlockSize(family == Family.Ledger ? 32u << 10 : 8u << 10);
        return table;
    }

    // Their filters stay in memory beside the cache (10 bits a key). Within it, the filter of one large table does not fit into a
    // shard, and is read from the file again for every group.
    private static bool IsAskedForEachSighting(Family family) => family is Family.Identifiers or Family.Rows;

    private static ColumnFamilyOptions UniversalCompaction(ColumnFamilyOptions options)
    {
        var universal = Native.Instance.rocksdb_universal_compaction_options_create();
        Native.Instance.rocksdb_universal_compaction_options_set_min_merge_width(universal, 4);
        Native.Instance.rocksdb_options_set_universal_compaction_options(options.Handle, universal);
        Native.Instance.rocksdb_universal_compaction_options_destroy(universal);
        return options.SetCompactionStyle(Compaction.Universal).SetLevel0FileNumCompactionTrigger(8)
            .SetLevel0SlowdownWritesTrigger(40).SetLevel0StopWritesTrigger(60);
    }
}
