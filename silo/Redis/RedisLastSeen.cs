using System.Buffers.Binary;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>
/// The index of what was last seen of one home: sorted sets whose members, all of score 0, are in the order of their bytes. Kept with the
/// ledger: what the server loses of the one it loses of the other, newest first.
/// </summary>
internal sealed class RedisLastSeen(RedisLedger ledger) : ILastSeenIndex
{
    private const int HourBytes = LastSeenKeys.HourSize;
    private const int DigestBytes = Digest.Size / 2;

    public async ValueTask<long> ReadPosition(CancellationToken cancellation) =>
        (long?)await ledger.Ask(redis => redis.HashGetAsync(ledger.Keys.Meta, "indexed", CommandFlags.DemandMaster), cancellation) ?? 0;

    // Whatever was written is as durable as the server is.
    public ValueTask Flush(CancellationToken cancellation) => default;

    public async ValueTask Add(
        IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> members, long position, int epoch,
        CancellationToken cancellation)
    {
        var values = new List<RedisValue> { default, default, position };
        foreach (var (group, seen) in members) Add(values, group.Span, seen);
        await ledger.WriteFenced(RedisScript.LastSeenAdd, [ledger.Keys.Meta], [.. values], cancellation, epoch);
    }

    public async ValueTask<IReadOnlyList<LastSeenGroup>> ReadGroups(CancellationToken cancellation)
    {
        var groups = await ledger.Ask(redis => redis.HashValuesAsync(ledger.Keys.SeenGroups, CommandFlags.DemandMaster), cancellation);
        return Array.ConvertAll(groups, value => Group((byte[])value!));
    }

    public ValueTask<IReadOnlyList<LastSeenMember>> Read(
        ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from, int max, CancellationToken cancellation) =>
        Read(ledger.Keys.SeenMembers(LastSeenKeys.DigestOf(group.Span)), Place(hour, from.Span), max, cancellation);

    public ValueTask<IReadOnlyList<LastSeenMember>> ReadTogether(
        ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from, int max, CancellationToken cancellation) =>
        Read(ledger.Keys.SeenTogether(LastSeenKeys.DigestOf(group.Span)), Place(hour, from.Span), max, cancellation);

    public async ValueTask<IReadOnlyList<LastSeenTurn>> ReadTurns(
        LastSeenTurn? last, long after, long through, int max, CancellationToken cancellation)
    {
        byte[] from = last is { } known
            ? [.. Turn(known.At, LastSeenKeys.DigestOf(known.Group.Span), known.Member.Span, known.Since), 0]
            : after == long.MaxValue ? [255] : Instant(after + 1);
        var found = await Range(ledger.Keys.SeenTurns, from, max, cancellation);
        var turns = found.Select(turn => (byte[])turn!).TakeWhile(turn => BinaryPrimitives.ReadInt64BigEndian(turn) <= through).ToArray();
        if (turns.Length == 0) return [];
        var digests = turns.Select(turn => (RedisValue)turn[sizeof(long)..(sizeof(long) + DigestBytes)]).Distinct().ToArray();
        var groups = await ledger.Ask(
            redis => redis.HashGetAsync(ledger.Keys.SeenGroups, digests, CommandFlags.DemandMaster), cancellation);
        var byDigest = digests.Zip(groups).ToDictionary(each => each.First, each => Group((byte[])each.Second!).Group);
        return Array.ConvertAll(turns, turn => new LastSeenTurn(
            BinaryPrimitives.ReadInt64BigEndian(turn), byDigest[turn[sizeof(long)..(sizeof(long) + DigestBytes)]],
            turn.AsMemory((sizeof(long) + DigestBytes)..^sizeof(long)),
            BinaryPrimitives.ReadInt64BigEndian(turn.AsSpan(turn.Length - sizeof(long)))));
    }

    private async ValueTask<IReadOnlyList<LastSeenMember>> Read(
        RedisKey members, byte[] place, int max, CancellationToken cancellation) =>
        Array.ConvertAll(await Range(members, place, max, cancellation), member => LastSeenKeys.ReadMember((byte[])member!, 0));

    private Task<RedisValue[]> Range(RedisKey key, byte[] from, int max, CancellationToken cancellation) => ledger.Ask(
        redis => redis.SortedSetRangeByValueAsync(
            key, from, default, Exclude.None, Order.Ascending, 0, max, CommandFlags.DemandMaster),
        cancellation);

    private static void Add(List<RedisValue> values, ReadOnlySpan<byte> group, IReadOnlyCollection<LastSeenMember> members)
    {
        var digest = LastSeenKeys.DigestOf(group);
        var newest = members.Select(member => member.Hour).DefaultIfEmpty().Max();
        values.Add(digest);
        values.Add(LastSeenKeys.Hour(newest, group));
        values.Add((byte[])[(byte)'[', .. Place(newest - ILastSeenIndex.TogetherKeptMilliseconds, from: [])]);
        AddAll(values, members.Where(member => member.IsTogether).Select(member => Place(member.Hour, member.Key)));
        AddAll(values, members.Where(member => member.Before is not null).Select(member => Place(member.Before!.Value, member.Key)));
        AddAll(values, members.Where(member => !member.IsTogether).Select(member => Place(member.Hour, member.Key)));
        // Where there is one before, its turns are there.
        AddAll(values, members.Where(member => !member.Turns.IsDefault && member.Before is null)
            .SelectMany(member => member.Turns.Select(at => Turn(at, digest, member.Bytes.Span, member.Since))));
    }

    /// <summary>Adds what a drop changes of a group, as its script reads it.</summary>
    public static void Add(List<RedisValue> values, SeenDrop seen)
    {
        var digest = LastSeenKeys.DigestOf(seen.Group.Span);
        values.Add(digest);
        AddAll(values, seen.Gone.Select(member => Place(member.Hour, member.Bytes.Span)));
        AddAll(values, seen.Left.Select(member => Place(member.Hour, member.Key)));
        AddAll(values, seen.Gone.SelectMany(member => member.Turns.Select(at => Turn(at, digest, member.Bytes.Span, member.Since))));
    }

    private static void AddAll(List<RedisValue> values, IEnumerable<byte[]> members)
    {
        var at = values.Count;
        values.Add(0);
        foreach (var member in members) values.Add(member);
        values[at] = values.Count - at - 1;
    }

    // Latest first, then in the order of members.
    private static byte[] Place(long hour, ReadOnlySpan<byte> from)
    {
        var place = LastSeenKeys.Hour(hour, from);
        BinaryPrimitives.WriteUInt32BigEndian(place, ~BinaryPrimitives.ReadUInt32BigEndian(place));
        return place;
    }

    private static byte[] Turn(long at, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> member, long since)
    {
        var turn = new byte[2 * sizeof(long) + digest.Length + member.Length];
        Instant(at).CopyTo(turn, 0);
        digest.CopyTo(turn.AsSpan(sizeof(long)));
        member.CopyTo(turn.AsSpan(sizeof(long) + digest.Length));
        BinaryPrimitives.WriteInt64BigEndian(turn.AsSpan(turn.Length - sizeof(long)), since);
        return turn;
    }

    private static byte[] Instant(long at)
    {
        var instant = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(instant, Math.Max(at, 0));
        return instant;
    }

    private static LastSeenGroup Group(byte[] value) => new(value.AsMemory(HourBytes), LastSeenKeys.ReadHour(value));
}
