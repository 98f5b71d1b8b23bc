using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Releases;

/// <summary>
/// Decides what of a range of ledger records leaves the jurisdiction: of a compartment that no organisation outside it may
/// ever see nothing, not even its existence; of every other the redacted form (design, section 4). Pure.
/// </summary>
public static class ReleaseBuilder
{
    // Each statement stands at the hub once for each of its observables, with its compartment.
    private const long RowBytesMax = 16 << 20;

    /// <summary>The release of consecutive records that follow <paramref name="from"/>: of all of them, or of the first ones that make
    /// about 16 MiB of rows at the hub, at least one.</summary>
    public static Release Build(
        LedgerIdentity ledger, long from, IReadOnlyList<LedgerRecord> records, PolicyHistory policy)
    {
        var statements = new ReleasedStatements();
        var to = from;
        foreach (var record in records)
        {
            Add(statements, record, policy);
            to = record.Position;
            if (statements.RowBytes > RowBytesMax) break;
        }
        if (statements.IsEmpty) return new(ledger.Id, ledger.Epoch, from, to, default, null);
        var (compartments, batch) = statements.Build();
        return new(ledger.Id, ledger.Epoch, from, to, compartments, batch);
    }

    private static void Add(ReleasedStatements to, LedgerRecord record, PolicyHistory policy)
    {
        var header = RecordHeader.Read(record.Header.Span);
        var table = new CompartmentTable(header, SightingItem.ReadMarkings(record.Preamble.Span));
        foreach (var bytes in record.Items)
        {
            if (bytes.IsEmpty) continue;
            var item = new SightingItem(bytes.Span);
            var compartment = table.Of(item.MarkingIndex, item.Kind, item.Types);
            var released = Audience.Released(compartment, policy);
            if (released.Mask != 0) to.Add(compartment, item, released);
        }
    }
}
