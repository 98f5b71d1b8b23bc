using System.Buffers.Binary;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>Reads rows of a subject. A row's value begins with its position.</summary>
internal static class RowReading
{
    /// <summary>Rows above a position, ascending, at least one, then up to so many rows and bytes.</summary>
    public static Task<List<Row>> Up(
        RedisLedger ledger, SubjectFamily family, in Digest subject, long after, int max, int maxBytes, CancellationToken cancellation) =>
        Read(ledger, ledger.Keys.Rows(family, subject), "up", after, max, maxBytes, cancellation);

    /// <summary>Rows below a position, descending.</summary>
    public static Task<List<Row>> Down(
        RedisLedger ledger, SubjectFamily family, in Digest subject, long before, int max, CancellationToken cancellation) =>
        Read(ledger, ledger.Keys.Rows(family, subject), "down", before, max, int.MaxValue, cancellation);

    private static async Task<List<Row>> Read(
        RedisLedger ledger, RedisKey key, string direction, long position, int max, int maxBytes, CancellationToken cancellation)
    {
        var answer = await ledger.Read(
            RedisScript.Rows, [ledger.Keys.Meta, key], [direction, position, max, maxBytes], cancellation);
        var rows = new List<Row>();
        foreach (var value in (RedisResult[])answer[4]!) rows.Add(Read((byte[])value!, ledger));
        return rows;
    }

    private static Row Read(byte[] value, RedisLedger ledger)
    {
        try
        {
            if (value.Length <= sizeof(long)) throw new InvalidDataException("A row is too short.");
            return RowFormat.Read(BinaryPrimitives.ReadInt64BigEndian(value), value, sizeof(long));
        }
        catch (InvalidDataException e)
        {
            throw RedisErrors.Told(e, ledger.Link.Server);
        }
    }
}
