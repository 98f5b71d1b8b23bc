using System.Runtime.InteropServices;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;

namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>What records of a ledger say about when observables were last seen. Pure.</summary>
internal sealed class LastSeenEntries(CompartmentCache compartments)
{
    private readonly Dictionary<Compartment, Group> _groups = [];
    private readonly Dictionary<Compartment, Group> _groupOf = [];

    /// <summary>Adds a record of a jurisdiction's ledger.</summary>
    public void AddOfHome(LedgerRecord record)
    {
        var table = new CompartmentTable(RecordHeader.Read(record.Header.Span), SightingItem.ReadMarkings(record.Preamble.Span));
        foreach (var bytes in record.Items)
        {
            if (bytes.IsEmpty) continue;
            var item = new SightingItem(bytes.Span);
            Add(table.Of(item.MarkingIndex, item.Kind, item.Types), item);
        }
    }

    /// <summary>Adds a record of the hub's ledger: a release.</summary>
    public void AddOfHub(LedgerRecord record)
    {
        var table = Array.ConvertAll(ReleasedStatements.ReadCompartments(record.Preamble.Span), bytes => compartments.Get(bytes));
        foreach (var bytes in record.Items)
        {
            var item = new SightingItem(bytes.Span);
            Add(table[item.MarkingIndex], item);
        }
    }

    /// <summary>What was added, for the index.</summary>
    public IEnumerable<(ReadOnlyMemory<byte> Group, IReadOnlyCollection<LastSeenMember> Members)> ToMembers() => _groups.Select(
        group => ((ReadOnlyMemory<byte>)group.Key.Encoded.ToArray(), group.Value.ToMembers()));

    private void Add(Compartment compartment, in SightingItem item)
    {
        if (!_groupOf.TryGetValue(compartment, out var group))
        {
            var key = LastSeenCut.GroupOf(compartment);
            if (!_groups.TryGetValue(key, out group)) _groups[key] = group = new();
            _groupOf[compartment] = group;
        }
        var hour = Hours.Floor(item.LastSeen);
        foreach (var observable in item.ReadObservables()) group.Add(observable, compartment.Marking, hour);
    }

    private sealed class Group
    {
        private readonly Dictionary<(Observable Observable, long? EmbargoUntil, long? ExpiresAt), long> _hours = [];

        public void Add(in Observable observable, Marking marking, long hour)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _hours, (observable, marking.EmbargoUntil, marking.ExpiresAt), out var isKnown);
            if (!isKnown || hour > known) known = hour;
        }

        public IReadOnlyCollection<LastSeenMember> ToMembers() =>
        [
            .. _hours.Select(each => new LastSeenMember(
                LastSeenCut.MemberOf(each.Key.Observable, each.Key.EmbargoUntil, each.Key.ExpiresAt), each.Value)),
        ];
    }
}
