using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using RocksDbSharp;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>A table file and the checksum over all of it that the manifest has.</summary>
internal readonly record struct TableFile(string Path, long Number, long Size, uint Checksum)
{
    private const string ChecksumFunction = "FileChecksumCrc32c";
    private const int ChunkSize = 1 << 20;

    /// <summary>The table files of a database, newest first.</summary>
    public static List<TableFile> AllOf(Database database, string store)
    {
        var native = Native.Instance;
        var options = native.rocksdb_livefiles_storage_info_options_create();
        native.rocksdb_livefiles_storage_info_options_set_include_checksum_info(options, 1);
        // Otherwise asking would flush what is in memory.
        native.rocksdb_livefiles_storage_info_options_set_wal_size_for_flush(options, ulong.MaxValue);
        var info = native.rocksdb_get_livefiles_storage_info(database.Handle, options);
        native.rocksdb_livefiles_storage_info_options_destroy(options);
        var files = new List<TableFile>();
        for (UIntPtr i = 0; i < native.rocksdb_livefiles_storage_info_count(info); i++)
        {
            var name = Text(native.rocksdb_livefiles_storage_info_relative_filename(info, i));
            if (name.EndsWith(".sst", StringComparison.Ordinal)) files.Add(Read(info, i, System.IO.Path.Combine(store, name.TrimStart('/'))));
        }

        native.rocksdb_livefiles_storage_info_destroy(info);
        return [.. files.OrderByDescending(file => file.Number)];
    }

    /// <summary>
    /// Reads the whole file; throws <see cref="StoreDamagedException"/> when it cannot be read or is not what was written, and
    /// <see cref="FileNotFoundException"/> when it is gone.
    /// </summary>
    public void Verify(CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            using var file = File.OpenHandle(Path, options: FileOptions.SequentialScan);
            uint crc = 0;
            long at = 0;
            for (int read; (read = RandomAccess.Read(file, buffer.AsSpan(0, ChunkSize), at)) > 0; at += read)
            {
                cancellation.ThrowIfCancellationRequested();
                crc = LogScan.Crc32C(buffer.AsSpan(0, read), crc);
            }

            if (crc != Checksum || at != Size) throw new StoreDamagedException($"The file {Path} is damaged: its checksum does not match.");
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException and not FileNotFoundException)
        {
            throw new StoreDamagedException($"The file {Path} cannot be read: {failure.Message}", failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static TableFile Read(IntPtr info, UIntPtr index, string path)
    {
        var native = Native.Instance;
        if (Text(native.rocksdb_livefiles_storage_info_file_checksum_func_name(info, index)) != ChecksumFunction)
            throw new StoreDamagedException($"The manifest has no checksum of {path}.");
        var checksum = new byte[sizeof(uint)];
        Marshal.Copy(native.rocksdb_livefiles_storage_info_file_checksum(info, index), checksum, 0, checksum.Length);
        return new(path, (long)native.rocksdb_livefiles_storage_info_file_number(info, index),
            (long)native.rocksdb_livefiles_storage_info_size(info, index), BinaryPrimitives.ReadUInt32BigEndian(checksum));
    }

    private static string Text(IntPtr text) => Marshal.PtrToStringUTF8(text) ?? "";
}
