using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;

namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>What records of a ledger add to the index of what was last seen. Pure, but for what it takes note of.</summary>
/// <param name="compartments">Shared with the folds.</param>
/// <param name="hours">The newest hours of members.</param>
/// <param name="together">What was named together, by hour.</param>
/// <param name="keys">Names incidents, at the hub; null where no names are wanted.</param>
internal sealed class LastSeenEntries(CompartmentCache compartments, KnownHours hours, KnownHours together, ActorKeyring? keys)
{
    private readonly List<LastSeenMember> _named = [];
    private readonly Dictionary<Compartment, Group> _groups = [];
    private readonly Dictionary<(Compartment Compartment, bool IsJoined), Cell> _cells = [];

    /// <summary>Adds a record of a jurisdiction's ledger.</summary>
    public void AddOfHome(LedgerRecord record)
    {
        var header = RecordHeader.Read(record.Header.Span);
        var table = new CompartmentTable(header, SightingItem.ReadMarkings(record.Preamble.Span));
        foreach (var bytes in record.Items)
        {
            if (bytes.IsEmpty) continue;
            var item = new SightingItem(bytes.Span);
            var compartment = table.Of(item.MarkingIndex, item.Kind, item.Types);
            var joined = item.NamesAsset ? AssetJoins.Of(item.ReadDetails().Asset, item.ReadObservables()) : [];
            var isTogether = LeavesTogether(item, joined.Length, header);
            Add(compartment, item, record.Position, isTogether);
            AddJoined(compartment, item, joined, record.Position, isTogether);
        }
    }

    /// <summary>Adds a record of the hub's ledger: a release.</summary>
    public void AddOfHub(LedgerRecord record)
    {
        var header = RecordHeader.Read(record.Header.Span);
        var table = Array.ConvertAll(ReleasedStatements.ReadCompartments(record.Preamble.Span), bytes => compartments.Get(bytes));
        foreach (var bytes in record.Items)
        {
            var item = new SightingItem(bytes.Span);
            Add(table[item.MarkingIndex], item, record.Position, LeavesTogether(item, joined: 0, header), isOfHub: true);
        }
    }

    /// <summary>What was added, for the index.</summary>
    public IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> ToMembers() => _groups
        .Where(each => each.Value.Members.Count > 0)
        .Select(each => ((ReadOnlyMemory<byte>)each.Key.Encoded.ToArray(), (IReadOnlyCollection<LastSeenMember>)each.Value.Members))
        .Concat(_named.Count > 0 ? [(NamedIncidents.Group, _named)] : []);

    // Whether what it joins, or opens, leaves the window of incidents at a time of its own, and has not yet.
    private static bool LeavesTogether(in SightingItem item, int joined, in RecordHeader header) =>
        Hours.Floor(item.LastSeen) + Hours.Length + Bounds.CorrelationWindowMilliseconds > header.AcceptedAt
        && (item.Kind == SightingKind.Positive ? item.ObservableCount + joined > 1
            : item.Kind == SightingKind.Contribution && item.ReadDetails().Contribution?.Kind == ContributionKind.Opened);

    private void Add(Compartment compartment, in SightingItem item, long position, bool isTogether, bool isOfHub = false)
    {
        var cell = CellOf(compartment, isJoined: false);
        var hour = Hours.Floor(item.LastSeen);
        var observables = item.EncodedObservables;
        for (var i = 0; i < item.ObservableCount; i++)
        {
            var one = observables.Block();
            if (Add(cell, one, hour, position, isTogether) && isOfHub && keys is not null)
                _named.Add(NamedIncidents.MemberOf(keys.IncidentHashOf(Digest.OfEncoded(one)), one));
        }
    }

    private void AddJoined(Compartment compartment, in SightingItem item, Observable[] joined, long position, bool isTogether)
    {
        foreach (var one in joined)
            Add(
                CellOf(compartment, isJoined: true), [(byte)one.Type, .. Encoding.UTF8.GetBytes(one.Text)], Hours.Floor(item.LastSeen),
                position, isTogether);
    }

    // Whether it was not known to be a member.
    private bool Add(Cell cell, ReadOnlySpan<byte> typeAndText, long hour, long position, bool isTogether)
    {
        if (isTogether) cell.AddTogether(typeAndText, hour, together);
        return cell.Add(typeAndText, hour, position, hours);
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

        public bool Add(ReadOnlySpan<byte> typeAndText, long hour, long since, KnownHours hours)
        {
            var member = MemberOf(typeAndText);
            if (!hours.IsLater(group.Number, member, hour, ref since, out var before)) return false;
            group.Members.Add(new(member.ToArray(), hour, since, before, turns));
            return before is null;
        }

        // Each hour for itself: what is said of an earlier one joins other things.
        public void AddTogether(ReadOnlySpan<byte> typeAndText, long hour, KnownHours together)
        {
            var member = MemberOf(typeAndText);
            var (ofHour, since) = (together.NumberOf(BitConverter.GetBytes(hour)), 0L);
            if (together.IsLater(group.Number ^ ofHour, member, hour, ref since, out _))
                group.Members.Add(new(member.ToArray(), hour, Since: 0, IsTogether: true));
        }

        private Span<byte> MemberOf(ReadOnlySpan<byte> typeAndText)
        {
            var length = typeAndText.Length + 1 + bounds.Length;
            if (_buffer.Length < length) _buffer = new byte[2 * length];
            LastSeenCut.WriteMember(_buffer, typeAndText, bounds);
            return _buffer.AsSpan(0, length);
        }
    }
}
