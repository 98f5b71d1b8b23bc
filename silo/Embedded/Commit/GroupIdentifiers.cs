using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>
/// Decides duplicates and conflicts of a group: one sorted look-up for what is stored; within the group the first in order wins.
/// Sorting brings equal identifiers together and lets the database insert in order.
/// </summary>
internal sealed class GroupIdentifiers : IDisposable
{
    private readonly IdentifierLookup lookup = new();
    private IdentifierKey[] sorted = [];
    private Entry[] entries = [];
    private int count;
    private int decided;

    /// <summary>Finds what is stored of the identifiers of all batches.</summary>
    public void LookUp(Database database, List<PendingBatch> batches)
    {
        count = 0;
        decided = 0;
        var total = 0;
        foreach (var batch in batches) total += batch.Items;
        if (sorted.Length < total)
        {
            sorted = new IdentifierKey[total];
            entries = new Entry[total];
        }

        for (var b = 0; b < batches.Count; b++) AddKeys(batches[b], b);
        var keys = sorted.AsSpan(0, count);
        keys.Sort();
        for (var i = 0; i < count; i++)
        {
            var repeated = i > 0 && keys[i].SameKey(keys[i - 1]);
            entries[keys[i].Index].First = repeated ? entries[keys[i - 1].Index].First : keys[i].Index;
        }

        lookup.Find(database, keys, (place, digest) =>
        {
            ref var run = ref entries[entries[sorted[place].Index].First];
            run.Known = true;
            run.Digest = digest;
        });
    }

    /// <summary>Decides the next batch, in the order of <see cref="LookUp"/>; returns how many of its items are accepted.</summary>
    public int Decide(PendingBatch pending, MarkingBound markings)
    {
        var items = pending.Batch.Items;
        var accepted = 0;
        for (var i = 0; i < items.Length; i++)
        {
            ref var entry = ref entries[decided++];
            ref var run = ref entries[entry.First];
            if (run.Known)
            {
                pending.Fates[i] = run.Digest == items[i].ContentDigest ? ItemFate.Duplicate : ItemFate.Conflict;
                continue;
            }

            if (!markings.Allows(pending, i))
            {
                pending.Fates[i] = ItemFate.TooManyMarkings;
                continue;
            }

            run.Known = true;
            run.Digest = items[i].ContentDigest;
            entry.Accepted = true;
            pending.Fates[i] = ItemFate.Accepted;
            accepted++;
        }

        return accepted;
    }

    /// <summary>Adds the accepted identifiers to the batch, in the order of their keys.</summary>
    public void Write(BatchBuffer buffer, List<PendingBatch> batches)
    {
        Span<byte> key = stackalloc byte[Keys.IdentifierSize];
        for (var i = 0; i < count; i++)
        {
            ref var entry = ref entries[sorted[i].Index];
            if (!entry.Accepted) continue;
            sorted[i].Write(key);
            var value = buffer.Put(Family.Identifiers, key, SmallFormats.IdentifierSize);
            var digest = entries[entry.First].Digest;
            SmallFormats.WriteIdentifier(value, digest, batches[entry.Batch].Result.Position);
        }
    }

    public void Dispose() => lookup.Dispose();

    private void AddKeys(PendingBatch batch, int number)
    {
        foreach (ref readonly var item in batch.Batch.Items.AsSpan())
        {
            sorted[count] = IdentifierKey.Of(batch.Ledger.Prefix, batch.Owner.Number, item.Id, count);
            entries[count++] = new Entry { Batch = number };
        }
    }

    private struct Entry
    {
        public int Batch;
        public int First;
        public bool Known;
        public bool Accepted;
        public ulong Digest;
    }
}
