using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded;

/// <summary>The index of what was last seen of one home. Neither logged nor synced: after a crash it goes on where it was flushed.</summary>
internal sealed class EmbeddedLastSeen(uint prefix, LiveDatabase live) : ILastSeenIndex
{
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
        IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> members, long position,
        CancellationToken cancellation)
    {
        // Two workers of one home must not matter: what they add is the same.
        lock (buffer)
        {
            Read(
                database =>
                {
                    buffer.Clear();
                    foreach (var (group, seen) in members) Add(database, group.Span, seen);
                    buffer.Put(Family.Rows, LastSeenKeys.Position(prefix), SmallFormats.Number(position));
                    database.WriteDerived(buffer);
                    return true;
                },
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
        IReadOnlyList<LastSeenMember> (database) =>
        {
            var members = new List<LastSeenMember>();
            var digest = LastSeenKeys.DigestOf(group.Span);
            var start = LastSeenKeys.Members(prefix, digest);
            database.Scan(
                Family.Rows, start, LastSeenKeys.Place(prefix, digest, hour, from.Span), backwards: false, (key, _) =>
                {
                    members.Add(LastSeenKeys.ReadMember(key, start.Length));
                    return members.Count < max;
                });
            return members;
        },
        cancellation));

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
        if (database.Get(Family.Rows, key) is { } stored && LastSeenKeys.ReadHour(stored) >= newest) return;
        buffer.Put(Family.Rows, key, LastSeenKeys.Hour(newest, group));
    }

    private T Read<T>(Func<Database, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return live.Use(read, static (database, what) => what(database));
    }
}
