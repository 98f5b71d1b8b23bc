using System.Buffers.Binary;
using CrossBorderSoc.Grains.Ledger;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis.Commit;

/// <summary>What a group says of one owner.</summary>
internal sealed class OwnerPart(string name)
{
    private const int IdBytes = 16;

    /// <summary>The owner.</summary>
    public string Name { get; } = name;

    /// <summary>Identifiers that the server has, with the digests of their contents; learned while the group is built.</summary>
    public Dictionary<Guid, ulong> Stored { get; } = [];

    /// <summary>Identifiers that the group brings.</summary>
    public Dictionary<Guid, ulong> Seen { get; } = [];

    /// <summary>The same, in order.</summary>
    public List<(Guid Id, ulong Digest)> New { get; } = [];

    /// <summary>Begins an attempt.</summary>
    public void Clear()
    {
        Seen.Clear();
        New.Clear();
    }

    /// <summary>An item enters.</summary>
    public void Add(in PreparedItem item)
    {
        Seen.Add(item.Id, item.ContentDigest);
        New.Add((item.Id, item.ContentDigest));
    }

    /// <summary>Writes name, markings and identifiers as the script reads them.</summary>
    public void Write(List<RedisValue> values, Arena arena, GroupMarkings markings)
    {
        values.Add(Name);
        values.Add(markings.BytesOf(Name));
        values.Add(markings.AddedOf(Name));
        values.Add(New.Count);
        foreach (var (id, digest) in New)
        {
            var bytes = arena.Take(IdBytes + sizeof(ulong));
            id.TryWriteBytes(bytes.Span, bigEndian: true, out _);
            BinaryPrimitives.WriteUInt64BigEndian(bytes.Span[IdBytes..], digest);
            values.Add(bytes[..IdBytes]);
            values.Add(bytes[IdBytes..]);
        }
    }
}
