using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>Reads records of a ledger.</summary>
internal static class RecordReading
{
    /// <summary>The seed of records' checksums: only the server knows where one comes to lie.</summary>
    public const long Seed = 0;

    /// <summary>Records above a position and up to another, at least one if there is one, then up to so many bytes.</summary>
    public static async Task<List<StoredRecord>> Above(
        RedisLedger ledger, long after, long through, int maxBytes, CancellationToken cancellation)
    {
        var answer = await ledger.Read(
            RedisScript.Ledger, [ledger.Keys.Meta, ledger.Keys.Ledger], [Math.Max(after, 0), maxBytes, through], cancellation);
        var (position, records) = ((long)answer[4], new List<StoredRecord>());
        foreach (var value in (RedisResult[])answer[5]!) records.Add(Read(position++, (byte[])value!, ledger));
        return records;
    }

    /// <summary>Reads a record's value; throws <see cref="StoreUnavailableException"/> when its bytes are not what was written.</summary>
    public static StoredRecord Read(long position, byte[] value, RedisLedger ledger)
    {
        try
        {
            return value.Length > 0
                ? RecordFormat.Read(position, value, Seed)
                : throw new InvalidDataException($"The ledger has a gap at position {position}.");
        }
        catch (InvalidDataException e)
        {
            throw RedisErrors.Told(e, ledger.Link.Server);
        }
    }
}
