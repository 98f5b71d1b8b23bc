using System.Buffers.Binary;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis.Commit;

/// <summary>The owners of a group's batches, each with its identifiers.</summary>
internal sealed class GroupOwners
{
    private readonly Dictionary<string, OwnerPart> _parts = [];
    private List<OwnerPart> _sent = [];

    /// <summary>How many bring new identifiers.</summary>
    public int Count => _sent.Count;

    /// <summary>Begins a group.</summary>
    public void Forget() => _parts.Clear();

    /// <summary>Begins an attempt.</summary>
    public void Clear()
    {
        foreach (var part in _parts.Values) part.Clear();
    }

    /// <summary>What the group says of an owner.</summary>
    public OwnerPart Of(string owner) => _parts.TryGetValue(owner, out var part) ? part : _parts[owner] = new(owner);

    /// <summary>The attempt is built: these are the owners that it names.</summary>
    public void Seal() => _sent = [.. _parts.Values.Where(part => part.New.Count > 0)];

    /// <summary>Writes them as the script reads them.</summary>
    public void Write(List<RedisValue> values, Arena arena, GroupMarkings markings)
    {
        values.Add(_sent.Count);
        foreach (var part in _sent) part.Write(values, arena, markings);
    }

    /// <summary>The name of one that was sent.</summary>
    public string NameOf(int place) => _sent[place].Name;

    /// <summary>The server has an identifier, by its place in all that were sent.</summary>
    public void Learn(int place, byte[] digest)
    {
        foreach (var part in _sent)
        {
            if (place < part.New.Count)
            {
                part.Stored[part.New[place].Id] = BinaryPrimitives.ReadUInt64BigEndian(digest);
                return;
            }

            place -= part.New.Count;
        }
    }

    /// <summary>The identifiers to look up before the group is built, per owner.</summary>
    public IEnumerable<(string Owner, RedisValue[] Ids, Action<int, byte[]> Learn)> Identifiers(IEnumerable<QueuedBatch> batches)
    {
        foreach (var owner in batches.GroupBy(batch => batch.Batch.Owner))
        {
            var part = Of(owner.Key);
            var ids = owner.SelectMany(batch => batch.Batch.Items).Select(item => item.Id).Distinct().ToArray();
            yield return (owner.Key, Array.ConvertAll(ids, id => (RedisValue)id.ToByteArray(bigEndian: true)),
                (place, digest) => part.Stored[ids[place]] = BinaryPrimitives.ReadUInt64BigEndian(digest));
        }
    }
}
