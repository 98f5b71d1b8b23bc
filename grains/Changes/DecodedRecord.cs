using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>What a ledger record names, by compartment: all that deciding for whom it is a change needs.</summary>
/// <param name="Position">Its position.</param>
/// <param name="At">When it was accepted, or at the hub applied; Unix milliseconds UTC.</param>
/// <param name="Named">Per compartment the distinct observables.</param>
/// <param name="Joined">Per compartment what assets join beyond these (decision 0014); of the hub's none.</param>
/// <param name="Jurisdiction">Whose ledger it is of, or at the hub was released.</param>
/// <param name="Released">At the hub, the range of that ledger.</param>
internal sealed record DecodedRecord(
    long Position, long At, NamedIn[] Named, NamedIn[] Joined, string Jurisdiction, ReleasedRange? Released)
{
    /// <summary>The newest policy version under which something of it was accepted.</summary>
    public int AudienceEpochMax { get; } = Named.Length == 0 ? 0 : Named.Max(named => named.Compartment.AudienceEpoch);

    /// <summary>How many observables it names, of all compartments, and at least one.</summary>
    public int ObservableCount { get; } = 1 + Named.Concat(Joined).Sum(named => named.Observables.Length);

    /// <summary>Decodes a record of a jurisdiction's ledger or of the hub's.</summary>
    public static DecodedRecord Of(LedgerRecord record, bool isHub, CompartmentCache compartments, ObservableNames names)
    {
        var header = RecordHeader.Read(record.Header.Span);
        var atHub = isHub
            ? Array.ConvertAll(ReleasedStatements.ReadCompartments(record.Preamble.Span), bytes => compartments.Get(bytes)) : null;
        var atHome = isHub ? null : new CompartmentTable(header, SightingItem.ReadMarkings(record.Preamble.Span));
        var (named, joined) = (new ByCompartment(), new ByCompartment());
        foreach (var bytes in record.Items)
        {
            if (bytes.IsEmpty) continue;
            var item = new SightingItem(bytes.Span);
            var compartment = atHub?[item.MarkingIndex] ?? compartments.Get(atHome!.Of(item.MarkingIndex, item.Kind, item.Types));
            var observables = named.Of(compartment);
            var blocks = item.EncodedObservables;
            for (var i = 0; i < item.ObservableCount; i++) observables.Add(names.Of(blocks.Block()));
            if (isHub || !item.NamesAsset) continue;
            foreach (var one in AssetJoins.Of(item.ReadDetails().Asset, item.ReadObservables())) joined.Of(compartment).Add(names.Of(one));
        }
        return new(record.Position, header.AcceptedAt, named.ToArray(), joined.ToArray(), header.Jurisdiction, record.Released);
    }

    private sealed class ByCompartment
    {
        private readonly Dictionary<Compartment, HashSet<NamedObservable>> _observables = [];

        public HashSet<NamedObservable> Of(Compartment compartment) =>
            _observables.TryGetValue(compartment, out var known) ? known : _observables[compartment] = [];

        public NamedIn[] ToArray() => [.. _observables.Select(each => new NamedIn(each.Key, [.. each.Value]))];
    }
}

/// <summary>What a record names in a compartment.</summary>
/// <param name="Compartment">The compartment.</param>
/// <param name="Observables">The distinct observables.</param>
internal readonly record struct NamedIn(Compartment Compartment, NamedObservable[] Observables);
