using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Silo.Embedded.Commit;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded;

/// <summary>The index of what was last seen of one home. Neither logged nor synced: after a crash it goes on where it was flushed.</summary>
internal sealed class EmbeddedLastSeen(HomeLedger ledger, LiveDatabase live) : ILastSeenIndex
{
    private readonly uint prefix = ledger.Prefix;
    private const int DroppedAtOnceMax = 10_000;

    // More than comes, so that nothing old stays for ever.
    private const int DroppedPerAdded = 2;

    private readonly BatchBuffer buffer = new();

    public ValueTask<long> ReadPosition(CancellationToken cancellation) => new(Read(
        database => database.Get(Family.Rows, LastSeenKeys.Position(prefix)) is { } value ? SmallFormats.ReadNumber(value) : 0,
        cancellation));

    public ValueTask Flush(CancellationToken cancellation)
    {
        Read(
            database =>
            {
                database.Flush(Family.Rows);
                return true;
            },
            cancellation);
        return default;
    }

    public ValueTask Add(
        IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> members, long position, int epoch,
        CancellationToken cancellation)
    {
        // Two workers of one home must not matter: what they add is the same.
        lock (buffer)
        {
            Read(
                database => ledger.Derive(epoch, () =>
                {
                    buffer.Clear();
                    foreach (var (group, seen) in members) Add(database, group.Span, seen);
                    buffer.Put(Family.Rows, LastSeenKeys.Position(prefix), SmallFormats.Number(position));
                    database.WriteDerived(buffer);
                    return true;
                }),
                cancellation);
        }

        return default;
    }

    public ValueTask<IReadOnlyList<LastSeenGroup>> ReadGroups(CancellationToken cancellation) => new(Read(
        IReadOnlyList<LastSeenGroup> (database) =>
        {
            var groups = new List<LastSeenGroup>();
            var start = LastSeenKeys.Groups(prefix);
            database.Scan(Family.Rows, start, start, backwards: false, (_, value) =>
            {
                groups.Add(new(value[LastSeenKeys.HourSize..].ToArray(), LastSeenKeys.ReadHour(value)));
                return true;
            });
            return groups;
        },
        cancellation));

    public ValueTask<IReadOnlyList<LastSeenMember>> Read(
        ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from, int max, CancellationToken cancellation) => new(Read(
        IReadOnlyList<LastSeenMember> (database) => Read(database, group.Span, hour, from.Span, max, isTogether: false), cancellation));

    public ValueTask<IReadOnlyList<LastSeenMember>> ReadTogether(
        ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from, int max, CancellationToken cancellation) => new(Read(
        IReadOnlyList<LastSeenMember> (database) => Read(database, group.Span, hour, from.Span, max, isTogether: true), cancellation));

    public ValueTask<IReadOnlyList<LastSeenTurn>> ReadTurns(
        LastSeenTurn? last, long after, long through, int max, CancellationToken cancellation) => new(Read(
        IReadOnlyList<LastSeenTurn> (database) =>
        {
            var turns = new List<LastSeenTurn>();
            var from = last is { } known
                ? [.. LastSeenKeys.Turn(prefix, known.At, LastSeenKeys.DigestOf(known.Group.Span), known.Member.Span, known.Since), 0]
                : LastSeenKeys.TurnsFrom(prefix, after + 1);
            database.Scan(Family.Rows, LastSeenKeys.Turns(prefix), from, backwards: false, (key, value) =>
            {
                var turn = LastSeenKeys.ReadTurn(key, value);
                if (turn.At > through) return false;
                turns.Add(turn);
                return turns.Count < max;
            });
            return turns;
        },
        cancellation));

    private List<LastSeenMember> Read(
        Database database, ReadOnlySpan<byte> group, long hour, ReadOnlySpan<byte> from, int max, bool isTogether)
    {
        var members = new List<LastSeenMember>();
        var digest = LastSeenKeys.DigestOf(group);
        var start = isTogether ? LastSeenKeys.Together(prefix, digest) : LastSeenKeys.Members(prefix, digest);
        database.Scan(Family.Rows, start, LastSeenKeys.Place(prefix, digest, hour, from, isTogether), backwards: false, (key, _) =>
        {
            members.Add(LastSeenKeys.ReadMember(key, start.Length));
            return members.Count < max;
        });
        return members;
    }

    // What is too old, all of it in the end: once an hour for each group, and whenever something comes.
    private void DropTogether(Database database, ReadOnlySpan<byte> group, long newest, int most)
    {
        var dropped = 0;
        var from = LastSeenKeys.Place(prefix, group, newest - ILastSeenIndex.TogetherKeptMilliseconds, from: [], isTogether: true);
        database.Scan(Family.Rows, LastSeenKeys.Together(prefix, group), from, backwards: false, (key, _) =>
        {
            buffer.Delete(Family.Rows, key);
            return ++dropped < most;
        });
    }

    private void Add(Database database, ReadOnlySpan<byte> group, IReadOnlyCollection<LastSeenMember> members)
    {
        var digest = LastSeenKeys.DigestOf(group);
        long newest = 0;
        foreach (var member in members)
        {
            newest = Math.Max(newest, member.Hour);
            if (member.Before is { } before) buffer.Delete(Family.Rows, LastSeenKeys.Member(prefix, digest, before, member));
            buffer.Put(Family.Rows, LastSeenKeys.Member(prefix, digest, member.Hour, member), []);
            // Where there is one before, its turns are there.
            if (member.Turns.IsDefault || member.Before is not null) continue;
            foreach (var at in member.Turns)
                buffer.Put(Family.Rows, LastSeenKeys.Turn(prefix, at, digest, member.Bytes.Span, member.Since), group);
        }

        var key = LastSeenKeys.Group(prefix, digest);
        if (database.Get(Family.Rows, key) is { } stored && LastSeenKeys.ReadHour(stored) is var hour && hour >= newest)
        {
            var together = members.Count(member => member.IsTogether);
            if (together > 0) DropTogether(database, digest, hour, DroppedPerAdded * together);
            return;
        }
        buffer.Put(Family.Rows, key, LastSeenKeys.Hour(newest, group));
        DropTogether(database, digest, newest, DroppedAtOnceMax);
    }

    private T Read<T>(Func<Database, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return live.Use(read, static (database, what) => what(database));
    }
}
