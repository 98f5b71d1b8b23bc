using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Storage;

/// <summary>
/// A row: version, then per fragment how far its record lies below the row's position, its length and its bytes. RocksDB's block
/// and log checksums guard it; it can be rebuilt from the ledger.
/// </summary>
internal static class RowFormat
{
    public const byte Version = 1;

    public static int FragmentSize(long back, int length) => Varint.Size((ulong)back) + Varint.Size((ulong)length) + length;

    public static int WriteFragment(Span<byte> target, long back, ReadOnlySpan<byte> content)
    {
        var at = Varint.Write(target, (ulong)back);
        at += Varint.Write(target[at..], (ulong)content.Length);
        content.CopyTo(target[at..]);
        return at + content.Length;
    }

    /// <summary>A row without what came with a record; empty where nothing else is in it.</summary>
    public static byte[] Without(Row row, long record)
    {
        var left = row.Fragments.Where(fragment => fragment.RecordPosition != record).ToList();
        if (left.Count == 0) return [];
        var value = new byte[1 + left.Sum(each => FragmentSize(row.Position - each.RecordPosition, each.Content.Length))];
        value[0] = Version;
        var at = 1;
        foreach (var fragment in left)
            at += WriteFragment(value.AsSpan(at), row.Position - fragment.RecordPosition, fragment.Content.Span);
        return value;
    }

    /// <summary>Reads a row that begins so far within a value; throws <see cref="InvalidDataException"/> when its bytes are not what was
    /// written.</summary>
    public static Row Read(long position, byte[] value, int start = 0)
    {
        if (value.Length <= start || value[start] != Version)
            throw new InvalidDataException($"The row at position {position} has an unknown version.");
        var fragments = new List<RowFragment>();
        for (var at = start + 1; at < value.Length;)
        {
            var back = (long)Varint.Read(value, ref at);
            var length = Varint.ReadLength(value, ref at);
            fragments.Add(new RowFragment(position - back, new ReadOnlyMemory<byte>(value, at, length)));
            at += length;
        }

        return new Row(position, fragments);
    }
}
