using CrossBorderSoc.Grains.LastSeen;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>The index of a <see cref="MemoryHomeStore"/>.</summary>
internal sealed class MemoryLastSeen : ILastSeenIndex
{
    private readonly Dictionary<string, Dictionary<(string Bytes, long Hour), long>> _groups = [];
    private readonly SortedSet<(long At, string Group, string Member, long Since)> _turns = [];
    private long _position;

    public ValueTask<long> ReadPosition(CancellationToken cancellation) => new(_position);

    public ValueTask Add(
        IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> members, long position,
        CancellationToken cancellation)
    {
        foreach (var (group, seen) in members)
        {
            if (!_groups.TryGetValue(Hex(group), out var hours)) _groups[Hex(group)] = hours = [];
            foreach (var member in seen)
            {
                if (member.Before is { } before) hours.Remove((Hex(member.Bytes), before));
                hours[(Hex(member.Bytes), member.Hour)] = member.Since;
                if (!member.Turns.IsDefault) _turns.UnionWith(member.Turns.Select(at => (at, Hex(group), Hex(member.Bytes), member.Since)));
            }
        }
        _position = position;
        return default;
    }

    public ValueTask<IReadOnlyList<LastSeenGroup>> ReadGroups(CancellationToken cancellation) => new(
        [.. _groups.Select(group => new LastSeenGroup(Convert.FromHexString(group.Key), group.Value.Max(each => each.Key.Hour)))]);

    // Hexadecimal digits sort as the bytes do.
    public ValueTask<IReadOnlyList<LastSeenMember>> Read(
        ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from, int max, CancellationToken cancellation) => new(
        [
            .. _groups.GetValueOrDefault(Hex(group), []).Select(each => (each.Key.Bytes, each.Key.Hour, Since: each.Value))
                .Where(each => each.Hour < hour || (each.Hour == hour && string.CompareOrdinal(each.Bytes, Hex(from)) >= 0))
                .OrderByDescending(each => each.Hour).ThenBy(each => each.Bytes, StringComparer.Ordinal).Take(max)
                .Select(each => new LastSeenMember(Convert.FromHexString(each.Bytes), each.Hour, each.Since)),
        ]);

    public ValueTask<IReadOnlyList<LastSeenTurn>> ReadTurns(
        LastSeenTurn? last, long after, long through, int max, CancellationToken cancellation) => new(
        [
            .. _turns.Where(turn => turn.At > after && turn.At <= through)
                .Where(turn => last is not { } known || turn.CompareTo((known.At, Hex(known.Group), Hex(known.Member), known.Since)) > 0)
                .Take(max).Select(turn => new LastSeenTurn(
                    turn.At, Convert.FromHexString(turn.Group), Convert.FromHexString(turn.Member), turn.Since)),
        ]);

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);
}
