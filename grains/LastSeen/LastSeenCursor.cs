using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;

namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>Walks one group of the index, which it reads in small chunks and not before its newest hour comes up.</summary>
internal sealed class LastSeenCursor
{
    private const int ChunkMembers = 64;

    private readonly ILastSeenIndex _index;
    private readonly ReadOnlyMemory<byte> _group;
    private readonly bool _isTogether;
    private readonly Compartment _compartment;
    private IReadOnlyList<LastSeenMember> _chunk = [];
    private int _at;
    private (long Hour, ReadOnlyMemory<byte> From) _next;

    /// <summary>A cursor before the first member behind a place, of what was named together or of everything.</summary>
    public LastSeenCursor(ILastSeenIndex index, in LastSeenGroup group, Compartment compartment, LastSeenPlace? after, bool isTogether)
    {
        (_index, _group, _isTogether, _compartment, Compartment) = (index, group.Group, isTogether, compartment, compartment);
        var isBehind = after is { } place && place.Hour <= group.NewestHour;
        _next = isBehind ? (after!.Value.Hour, LastSeenCut.After(after.Value.Observable)) : (group.NewestHour, default);
        Place = isBehind ? after!.Value : LastSeenPlace.BeforeHour(group.NewestHour);
    }

    /// <summary>The compartment of the member that it stands at, but for what only labels it.</summary>
    public Compartment Compartment { get; private set; }

    /// <summary>Where it stands: at a member, or before all that it has not read yet.</summary>
    public LastSeenPlace Place { get; private set; }

    /// <summary>Whether it stands at a member.</summary>
    public bool IsAtMember { get; private set; }

    /// <summary>Goes to the next member; false at the end.</summary>
    public async ValueTask<bool> MoveNext(CancellationToken cancellation)
    {
        if (_at == _chunk.Count)
        {
            (_chunk, _at) = (await Read(cancellation), 0);
            if (_chunk.Count == 0) return false;
            var last = _chunk[^1];
            _next = (last.Hour, last.Behind);
        }
        var member = _chunk[_at++];
        (Place, IsAtMember) = (new(member.Hour, LastSeenCut.ObservableOf(member.Bytes.Span)), true);
        Compartment = LastSeenCut.CompartmentOf(_compartment, member.Bytes.Span);
        return true;
    }

    private ValueTask<IReadOnlyList<LastSeenMember>> Read(CancellationToken cancellation) => _isTogether
        ? _index.ReadTogether(_group, _next.Hour, _next.From, ChunkMembers, cancellation)
        : _index.Read(_group, _next.Hour, _next.From, ChunkMembers, cancellation);
}
