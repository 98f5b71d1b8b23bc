using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;

namespace CrossBorderSoc.Silo.Embedded;

/// <summary>The index of what was last seen of one home. Neither logged nor synced: after a crash it goes on where it was flushed.</summary>
internal sealed class EmbeddedLastSeen(uint prefix, LiveDatabase live) : ILastSeenIndex
{
    private readonly BatchBuffer buffer = new();

    public ValueTask<long> ReadPosition(CancellationToken cancellation) => new(Read(
        database => database.Get(Family.Derived, LastSeenKeys.Position(prefix)) is { } value ? SmallFormats.ReadNumber(value) : 0,
        cancellation));

    public ValueTask Add(
        IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> members, long position,
        CancellationToken cancellation)
    {
        Read(
            database =>
            {
                buffer.Clear();
                foreach (var (group, seen) in members) Add(database, group.Span, seen);
                buffer.Put(Family.Derived, LastSeenKeys.Position(prefix), SmallFormats.Number(position));
                database.WriteDerived(buffer);
                return true;
            },
            cancellation);
        return default;
    }

    public ValueTask<IReadOnlyList<LastSeenGroup>> ReadGroups(CancellationToken cancellation) => new(Read(
        IReadOnlyList<LastSeenGroup> (database) =>
        {
            var groups = new List<LastSeenGroup>();
            var start = LastSeenKeys.Groups(prefix);
            database.Scan(Family.Derived, start, start, backwards: false, (_, value) =>
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
                Family.Derived, start, LastSeenKeys.Member(prefix, digest, hour, from.Span), backwards: false, (key, _) =>
                {
                    members.Add(LastSeenKeys.ReadMember(key, start.Length));
                    return members.Count < max;
                });
            return members;
        },
        cancellation));

    private void Add(Database database, ReadOnlySpan<byte> group, IReadOnlyCollection<LastSeenMember> members)
    {
        var digest = LastSeenKeys.DigestOf(group);
        long newest = 0;
        foreach (var member in members)
        {
            newest = Math.Max(newest, member.Hour);
            var key = LastSeenKeys.HourOf(prefix, digest, member.Bytes.Span);
            if (database.Get(Family.Derived, key) is { } value)
            {
                var known = LastSeenKeys.ReadHour(value);
                if (known >= member.Hour) continue;
                buffer.Delete(Family.Derived, LastSeenKeys.Member(prefix, digest, known, member.Bytes.Span));
            }

            buffer.Put(Family.Derived, key, LastSeenKeys.Hour(member.Hour));
            buffer.Put(Family.Derived, LastSeenKeys.Member(prefix, digest, member.Hour, member.Bytes.Span), []);
        }

        var groupKey = LastSeenKeys.Group(prefix, digest);
        if (database.Get(Family.Derived, groupKey) is { } stored && LastSeenKeys.ReadHour(stored) >= newest) return;
        buffer.Put(Family.Derived, groupKey, LastSeenKeys.Hour(newest, group));
    }

    private T Read<T>(Func<Database, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return live.Use(read, static (database, what) => what(database));
    }
}
