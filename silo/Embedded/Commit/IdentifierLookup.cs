using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;
using RocksDbSharp;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>Looks the identifiers of a group up, all in one call, in the order of their keys.</summary>
internal sealed unsafe class IdentifierLookup : IDisposable
{
    private readonly IntPtr options = Native.Instance.rocksdb_readoptions_create();
    private byte[] keys = [];
    private IntPtr[] pointers = [];
    private UIntPtr[] sizes = [];
    private IntPtr[] values = [];
    private IntPtr[] errors = [];

    /// <summary>
    /// Calls <paramref name="found"/> for every key that is stored, with its place in <paramref name="sorted"/> and the digest of
    /// the content.
    /// </summary>
    public void Find(Database database, ReadOnlySpan<IdentifierKey> sorted, Action<int, ulong> found)
    {
        if (sorted.Length == 0) return;
        Grow(sorted.Length);
        for (var i = 0; i < sorted.Length; i++) sorted[i].Write(keys.AsSpan(i * Keys.IdentifierSize));
        fixed (byte* first = keys)
        fixed (IntPtr* valuePointers = values)
        {
            for (var i = 0; i < sorted.Length; i++) pointers[i] = (IntPtr)(first + i * Keys.IdentifierSize);
            Array.Clear(errors, 0, sorted.Length);
            Native.Instance.rocksdb_batched_multi_get_cf(
                database.Handle, options, database.HandleOf(Family.Identifiers), (UIntPtr)sorted.Length, pointers, sizes,
                (IntPtr)valuePointers, errors, 1);
        }

        Collect(sorted.Length, found);
    }

    public void Dispose() => Native.Instance.rocksdb_readoptions_destroy(options);

    private void Collect(int count, Action<int, ulong> found)
    {
        string? error = null;
        for (var i = 0; i < count; i++)
        {
            if (errors[i] != IntPtr.Zero)
            {
                error = System.Runtime.InteropServices.Marshal.PtrToStringUTF8(errors[i]);
                Native.Instance.rocksdb_free(errors[i]);
            }

            if (values[i] == IntPtr.Zero) continue;
            var bytes = Native.Instance.rocksdb_pinnableslice_value(values[i], out var length);
            if (error is null) found(i, SmallFormats.ReadContentDigest(new ReadOnlySpan<byte>((void*)bytes, (int)length)));
            Native.Instance.rocksdb_pinnableslice_destroy(values[i]);
        }

        if (error is not null) throw new RocksDbSharpException(error);
    }

    private void Grow(int count)
    {
        if (values.Length >= count) return;
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count);
        keys = new byte[size * Keys.IdentifierSize];
        pointers = new IntPtr[size];
        sizes = new UIntPtr[size];
        Array.Fill(sizes, (UIntPtr)Keys.IdentifierSize);
        values = new IntPtr[size];
        errors = new IntPtr[size];
    }
}
