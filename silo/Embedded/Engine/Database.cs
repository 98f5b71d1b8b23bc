using CrossBorderSoc.Silo.Embedded.Format;
using RocksDbSharp;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>An open RocksDB database with the five families. Safe for many readers and one writer at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly RocksDb rocks;
    private readonly ColumnFamilyHandle[] families;
    private readonly WriteOptions durable;
    private readonly WriteOptions derived = new();
    private readonly ReadOptions point = new();

    private Database(RocksDb rocks, StoreTuning tuning)
    {
        this.rocks = rocks;
        durable = new WriteOptions().SetSync(tuning.SyncWrites);
        derived.DisableWal(1);
        families = [.. FamilyOptions.Names.Select(rocks.GetColumnFamily)];
        for (uint id = 0; id < families.Length; id++)
        {
            if (Native.Instance.rocksdb_column_family_handle_get_id(families[id].Handle) != id)
                throw new InvalidOperationException("BUG: the families were not created in their order.");
        }
    }

    /// <summary>Native handle, for look-ups of many keys.</summary>
    public IntPtr Handle => rocks.Handle;

    /// <summary>Native handle of a family.</summary>
    public IntPtr HandleOf(Family family) => families[(int)family].Handle;

    public static Database Create(string path, StoreTuning tuning) =>
        new(RocksDb.Open(EngineOptions.Create(tuning, create: true), path, Families(tuning)), tuning);

    public static Database Open(string path, StoreTuning tuning) =>
        new(RocksDb.Open(EngineOptions.Create(tuning, create: false), path, Families(tuning)), tuning);

    /// <summary>Opens without changing a byte: what the log holds is replayed into memory only.</summary>
    public static Database OpenReadOnly(string path, StoreTuning tuning) =>
        new(RocksDb.OpenReadOnly(EngineOptions.Create(tuning, create: false), path, Families(tuning), false), tuning);

    public byte[]? Get(Family family, ReadOnlySpan<byte> key) => rocks.Get(key, families[(int)family], point);

    /// <summary>Writes a batch; when it returns, the batch is on disk.</summary>
    public void Write(BatchBuffer batch)
    {
        using var native = WriteBatch.FromSpan(batch.Seal());
        rocks.Write(native, durable);
    }

    /// <summary>Writes what can be derived again: neither logged nor synced.</summary>
    public void WriteDerived(Family family, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        rocks.Put(key, value, families[(int)family], derived);

    /// <summary>Writes a batch of what can be derived again: all of it or nothing, neither logged nor synced.</summary>
    public void WriteDerived(BatchBuffer batch)
    {
        using var native = WriteBatch.FromSpan(batch.Seal());
        rocks.Write(native, derived);
    }

    /// <summary>Writes what is in memory of a family, and with it of all of them, to files.</summary>
    public void Flush(Family family)
    {
        var native = Native.Instance;
        var options = native.rocksdb_flushoptions_create();
        try
        {
            native.rocksdb_flush_cf(rocks.Handle, options, families[(int)family].Handle);
        }
        finally
        {
            native.rocksdb_flushoptions_destroy(options);
        }
    }

    /// <summary>Walks the keys from <paramref name="from"/> (inclusive) that begin with the prefix, until the visitor says false.</summary>
    public void Scan(Family family, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> from, bool backwards, KeyVisitor visit)
    {
        var options = new ReadOptions();
        if (family == Family.Rows && prefix.Length == Keys.SubjectSize) options.SetPrefixSameAsStart(true);
        else options.SetTotalOrderSeek(true);
        using var iterator = rocks.NewIterator(families[(int)family], options);
        if (backwards) iterator.SeekForPrev(from);
        else iterator.Seek(from);
        while (iterator.Valid() && iterator.GetKeySpan().StartsWith(prefix))
        {
            if (!visit(iterator.GetKeySpan(), iterator.GetValueSpan())) return;
            if (backwards) iterator.Prev();
            else iterator.Next();
        }

        Native.Instance.rocksdb_iter_get_error(iterator.Handle);
        GC.KeepAlive(options);
    }

    /// <summary>Runs while no file is deleted, although compactions may replace some.</summary>
    public void KeepFiles(Action use)
    {
        rocks.DisableFileDeletions();
        try
        {
            use();
        }
        finally
        {
            rocks.EnableFileDeletions();
        }
    }

    public void Dispose() => rocks.Dispose();

    private static ColumnFamilies Families(StoreTuning tuning)
    {
        var cache = Cache.CreateLru((ulong)tuning.BlockCacheBytes);
        var all = new ColumnFamilies(FamilyOptions.For(Family.Meta, tuning, cache));
        for (var family = Family.Ledger; family <= Family.Snapshots; family++)
            all.Add(FamilyOptions.Names[(int)family], FamilyOptions.For(family, tuning, cache));
        return all;
    }
}

/// <summary>Sees one key and value; false ends the walk. The spans are valid during the call only.</summary>
internal delegate bool KeyVisitor(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);
