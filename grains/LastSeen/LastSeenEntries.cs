using System.Text;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;

namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>What records of a ledger add to the index of what was last seen. Pure, but for what it takes note of.</summary>
internal sealed class LastSeenEntries(CompartmentCache compartments, KnownHours hours)
{
    private readonly Dictionary<Compartment, Group> _groups = [];
    private readonly Dictionary<(Compartment Compartment, bool IsJoined), Cell> _cells = [];

    /// <summary>Adds a record of a jurisdiction's ledger.</summary>
    public void AddOfHome(LedgerRecord record)
    {
        var table = new CompartmentTable(RecordHeader.Read(record.Header.Span), SightingItem.ReadMarkings(record.Preamble.Span));
        foreach (var bytes in record.Items)
        {
            if (bytes.IsEmpty) continue;
            var item = new SightingItem(bytes.Span);
            var compartment = table.Of(item.MarkingIndex, item.Kind, item.Types);
            Add(compartment, item, record.Position);
            if (item.NamesAsset) AddJoined(compartment, item, record.Position);
        }
    }

    /// <summary>Adds a record of the hub's ledger: a release.</summary>
    public void AddOfHub(LedgerRecord record)
    {
        var table = Array.ConvertAll(ReleasedStatements.ReadCompartments(record.Preamble.Span), bytes => compartments.Get(bytes));
        foreach (var bytes in record.Items)
        {
            var item = new SightingItem(bytes.Span);
            Add(table[item.MarkingIndex], item, record.Position);
        }
    }

    /// <summary>What was added, for the index.</summary>
    public IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> ToMembers() => _groups
        .Where(each => each.Value.Members.Count > 0)
        .Select(each => ((ReadOnlyMemory<byte>)each.Key.Encoded.ToArray(), (IReadOnlyCollection<LastSeenMember>)each.Value.Members));

    private void Add(Compartment compartment, in SightingItem item, long position)
    {
        var cell = CellOf(compartment, isJoined: false);
        var hour = Hours.Floor(item.LastSeen);
        var observables = item.EncodedObservables;
        for (var i = 0; i < item.ObservableCount; i++) cell.Add(observables.Block(), hour, position, hours);
    }

    private void AddJoined(Compartment compartment, in SightingItem item, long position)
    {
        foreach (var joined in AssetJoins.Of(item.ReadDetails().Asset, item.ReadObservables()))
            CellOf(compartment, isJoined: true).Add(
                [(byte)joined.Type, .. Encoding.UTF8.GetBytes(joined.Text)], Hours.Floor(item.LastSeen), position, hours);
    }

    private Cell CellOf(Compartment compartment, bool isJoined) => _cells.TryGetValue((compartment, isJoined), out var cell)
        ? cell : _cells[(compartment, isJoined)] = NewCell(compartment, LastSeenCut.GroupOf(compartment, isJoined));

    private Cell NewCell(Compartment compartment, Compartment key)
    {
        if (!_groups.TryGetValue(key, out var group)) _groups[key] = group = new(hours.NumberOf(key.Encoded), []);
        var (opens, closes) = (compartment.Marking.EmbargoUntil, compartment.Marking.ExpiresAt);
        return new(group, LastSeenCut.BoundsOf(opens, closes), LastSeenCut.TurnsOf(opens, closes));
    }

    private sealed record Group(UInt128 Number, List<LastSeenMember> Members);

    // A compartment of a group: its members end with its bounds in time.
    private sealed class Cell(Group group, byte[] bounds, System.Collections.Immutable.ImmutableArray<long> turns)
    {
        private byte[] _buffer = new byte[256];

        public void Add(ReadOnlySpan<byte> typeAndText, long hour, long since, KnownHours hours)
        {
            var length = typeAndText.Length + 1 + bounds.Length;
            if (_buffer.Length < length) _buffer = new byte[2 * length];
            LastSeenCut.WriteMember(_buffer, typeAndText, bounds);
            var member = _buffer.AsSpan(0, length);
            if (hours.IsLater(group.Number, member, hour, ref since, out var before))
                group.Members.Add(new(member.ToArray(), hour, since, before, turns));
        }
    }
}
