using System.IO.Hashing;
using System.Runtime.InteropServices;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Intake;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>
/// Reads an owner's markings on an observable, each with kind and types, out of its rows, for the bound of design 3.1.7.
/// </summary>
public sealed class LedgerMarkingCensus(CompartmentCache compartments) : IMarkingCensus
{
    /// <inheritdoc/>
    public IReadOnlySet<ulong> MarkingsOf(string owner, Snapshot? snapshot, IEnumerable<Row> rowsAbove)
    {
        var markings = new HashSet<ulong>();
        if (snapshot is { } folded)
            foreach (var (use, times) in Compartmented<IndicatorTally>.Read(folded.Content.Span, compartments).MarkingsOf(owner))
                for (var i = 0; i < times; i++) markings.Add(DigestOf(use, -1, i));
        foreach (var row in rowsAbove.TakeWhile(_ => markings.Count <= Bounds.MarkingsPerOwnerMax))
            foreach (var at in row.Fragments)
                if (new Fragment(at.Content.Span) is var fragment && compartments.Get(fragment.Compartment) is var compartment
                    && compartment.Owner == owner)
                    markings.Add(DigestOf(compartment.Use, at.RecordPosition, fragment.ItemIndex));
        return markings;
    }

    // A contribution counts by itself, and never comes again under another place: any number that is its own will do.
    private static ulong DigestOf(in MarkingUse use, long record, int item) => use.Kind == SightingKind.Contribution
        ? XxHash3.HashToUInt64(MemoryMarshal.AsBytes([record, item]), unchecked((long)BatchPreparation.DigestOf(use)))
        : BatchPreparation.DigestOf(use);
}
