using RocksDbSharp;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>How the database as a whole is kept.</summary>
internal static class EngineOptions
{
    public static DbOptions Create(StoreTuning tuning, bool create)
    {
        // A missing file must never turn into a new, empty database: only the creation of a directory may create one.
        var options = new DbOptions()
            .SetCreateIfMissing(create)
            .SetCreateMissingColumnFamilies(create)
            .SetErrorIfExists(create)
            .SetParanoidChecks(true)
            .SetMaxOpenFiles(-1)
            .SetUseFsync(0)
            .SetAllowConcurrentMemtableWrite(false)
            .SetMaxTotalWalSize((ulong)tuning.LogBytesMax)
            .SetDbWriteBufferSize((ulong)tuning.MemtableBytes)
            .SetInfoLogLevel(InfoLogLevel.Warn)
            .SetKeepLogFileNum(2)
            .SetStatsDumpPeriodSec(0);
        var native = Native.Instance;
        var handle = options.Handle;
        native.rocksdb_options_set_max_background_jobs(handle, 2);
        // A torn tail is normal after a power cut; what was acknowledged is compared with the acknowledged mark afterwards.
        native.rocksdb_options_set_wal_recovery_mode(handle, Recovery.PointInTime);
        native.rocksdb_options_set_track_and_verify_wals_in_manifest(handle, 1);
        // All families are flushed together: what a lost tail of the manifest takes away, it takes from all of them at once,
        // and the number of the newest group tells.
        native.rocksdb_options_set_atomic_flush(handle, 1);
        native.rocksdb_options_set_write_dbid_to_manifest(handle, 1);
        native.rocksdb_options_set_write_identity_file(handle, 0);
        var checksums = native.rocksdb_file_checksum_gen_crc32c_factory_create();
        native.rocksdb_options_set_file_checksum_gen_factory(handle, checksums);
        native.rocksdb_file_checksum_gen_factory_destroy(checksums);
        return options;
    }
}
