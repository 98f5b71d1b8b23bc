using CrossBorderSoc.Grains.LastSeen;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>The index of a <see cref="MemoryHomeStore"/>.</summary>
internal sealed class MemoryLastSeen : ILastSeenIndex
{
    private readonly Dictionary<string, Dictionary<string, long>> _groups = [];
    private long _position;

    public ValueTask<long> ReadPosition(CancellationToken cancellation) => new(_position);

    public ValueTask Add(
        IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> members, long position,
        CancellationToken cancellation)
    {
        foreach (var (group, seen) in members)
        {
            if (!_groups.TryGetValue(Hex(group), out var hours)) _groups[Hex(group)] = hours = [];
            foreach (var member in seen) hours[Hex(member.Bytes)] = Math.Max(hours.GetValueOrDefault(Hex(member.Bytes)), member.Hour);
        }
        _position = position;
        return default;
    }

    public ValueTask<IReadOnlyList<LastSeenGroup>> ReadGroups(CancellationToken cancellation) => new(
        [.. _groups.Select(group => new LastSeenGroup(Convert.FromHexString(group.Key), group.Value.Values.Max()))]);

    // Hexadecimal digits sort as the bytes do.
    public ValueTask<IReadOnlyList<LastSeenMember>> Read(
        ReadOnlyMemory<byte> group, long hour, ReadOnlyMemory<byte> from, int max, CancellationToken cancellation) => new(
        [
            .. _groups.GetValueOrDefault(Hex(group), []).Select(each => (Bytes: each.Key, Hour: each.Value))
                .Where(each => each.Hour < hour || (each.Hour == hour && string.CompareOrdinal(each.Bytes, Hex(from)) >= 0))
                .OrderByDescending(each => each.Hour).ThenBy(each => each.Bytes, StringComparer.Ordinal).Take(max)
                .Select(each => new LastSeenMember(Convert.FromHexString(each.Bytes), each.Hour)),
        ]);

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);
}
