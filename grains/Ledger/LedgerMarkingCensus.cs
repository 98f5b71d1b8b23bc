using CrossBorderSoc.Contracts;
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
            foreach (var use in Compartmented<IndicatorTally>.Read(folded.Content.Span, compartments).MarkingsOf(owner))
                markings.Add(BatchPreparation.DigestOf(use));
        foreach (var row in rowsAbove.TakeWhile(_ => markings.Count <= Bounds.MarkingsPerOwnerMax))
            foreach (var fragment in row.Fragments)
                if (compartments.Get(new Fragment(fragment.Content.Span).Compartment) is var compartment
                    && compartment.Owner == owner)
                    markings.Add(BatchPreparation.DigestOf(compartment.Use));
        return markings;
    }
}
