using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>The index of a <see cref="MemoryHomeStore"/>.</summary>
internal sealed class MemoryLastSeen : ILastSeenIndex
{
    public required Func<int> Epoch { get; init; }

    private readonly Dictionary<string, HashSet<(string Key, long Hour)>> _groups = [];
    private readonly Dictionary<string, HashSet<(string Key, long Hour)>> _together = [];
    private readonly SortedSet<(long At, string Group, string Member, long Since)> _turns = [];
    private long _position;

    public ValueTask<long> ReadPosition(CancellationToken cancellation) => new(_position);

    public ValueTask Add(
        IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> members, long position, int epoch,
        CancellationToken cancellation)
    {
        if (epoch != Epoch()) return default;
        foreach (var (group, seen) in members)
        {
            if (!_groups.TryGetValue(Hex(group), out var hours)) _groups[Hex(group)] = hours = [];
            if (!_together.TryGetValue(Hex(group), out var together)) _together[Hex(group)] = together = [];
            foreach (var member in seen)
            {
                if (member.IsTogether) together.Add((Hex(member.Key), member.Hour));
                if (member.IsTogether) continue;
                if (member.Before is { } before) hours.Remove((Hex(member.Key), before));
                hours.Add((Hex(member.Key), member.Hour));
                if (!member.Turns.IsDefault) _turns.UnionWith(member.Turns.Select(at => (at, Hex(group), Hex(member.Bytes), member.Since)));
            }
        }
        _position = position;
        return default;
    }

    public void Clear()
    {
        _groups.Clear();
        _together.Clear();
        _turns.Clear();
        _position = 0;
    }

    public void Drop(SeenDrop seen)
    {
        var hours = _groups.GetValueOrDefault(Hex(seen.Group), []);
        foreach (var gone in seen.Gone)
        {
            hours.RemoveWhere(each => each.Hour == gone.Hour && each.Key[..^(2 * sizeof(long))] == Hex(gone.Bytes));
            foreach (var at in gone.Turns) _turns.Remove((at, Hex(seen.Group), Hex(gone.Bytes), gone.Since));
        }
        hours.UnionWith(seen.Left.Select(each => (Hex(each.Key), each.Hour)));
    }

    public ValueTask<IReadOnlyList<LastSeenGroup>> ReadGroups(CancellationToken cancellation) => new(
    [
        .. _groups.Where(group => group.Value.Count > 0)
            .Select(group => new LastSeenGroup(Convert.FromHexString(group.Key), group.Value.Max(each => each.Hour))),
    ]);

    // Hexadecimal digits sort as the bytes do.
    public ValueTask<IReadOnlyList<LastSeenMember>> Read(
        ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from, int max, CancellationToken cancellation) =>
        Read(_groups, group, hour, from, max);

    public ValueTask<IReadOnlyList<LastSeenMember>> ReadTogether(
        ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from, int max, CancellationToken cancellation) =>
        Read(_together, group, hour, from, max);

    private static ValueTask<IReadOnlyList<LastSeenMember>> Read(
        Dictionary<string, HashSet<(string Key, long Hour)>> groups, ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from,
        int max) => new(
        [
            .. groups.GetValueOrDefault(Hex(group), [])
                .Where(each => each.Hour < hour || (each.Hour == hour && string.CompareOrdinal(each.Key, Hex(from)) >= 0))
                .OrderByDescending(each => each.Hour).ThenBy(each => each.Key, StringComparer.Ordinal).Take(max)
                .Select(each => Read(Convert.FromHexString(each.Key), each.Hour)),
        ]);

    public ValueTask<IReadOnlyList<LastSeenTurn>> ReadTurns(
        LastSeenTurn? last, long after, long through, int max, CancellationToken cancellation) => new(
        [
            .. _turns.Where(turn => turn.At > after && turn.At <= through)
                .Where(turn => last is not { } known || turn.CompareTo((known.At, Hex(known.Group), Hex(known.Member), known.Since)) > 0)
                .Take(max).Select(turn => new LastSeenTurn(
                    turn.At, Convert.FromHexString(turn.Group), Convert.FromHexString(turn.Member), turn.Since)),
        ]);

    public ValueTask Flush(CancellationToken cancellation) => default;

    private static LastSeenMember Read(byte[] key, long hour)
    {
        var end = key.Length - sizeof(long);
        return new(key.AsMemory(0, end), hour, System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(key.AsSpan(end)));
    }

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);
}
