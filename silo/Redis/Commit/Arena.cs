namespace CrossBorderSoc.Silo.Redis.Commit;

/// <summary>
/// The bytes of one group. What it gave out stays valid while more is taken. Used once: a command that timed out may still be about to
/// be sent.
/// </summary>
internal sealed class Arena
{
    private const int ChunkBytes = 1 << 18;
    private byte[] _chunk = [];
    private int _used;

    /// <summary>So many bytes to write to.</summary>
    public Memory<byte> Take(int size)
    {
        if (_chunk.Length - _used < size)
        {
            _chunk = GC.AllocateUninitializedArray<byte>(Math.Max(size, ChunkBytes));
            _used = 0;
        }

        var taken = _chunk.AsMemory(_used, size);
        _used += size;
        return taken;
    }
}
