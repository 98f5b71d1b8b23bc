using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>
/// Packs the fragments of a group into one row per home and subject, at the position of the home's last record in the group.
/// </summary>
internal sealed class RowWriter : IRowTarget
{
    private readonly RowPacking packing = new();
    private BatchBuffer buffer = null!;
    private HomeLedger ledger = null!;

    /// <summary>Adds the rows of the records to the batch.</summary>
    public void Write(BatchBuffer batch, List<(HomeLedger Ledger, GroupRecord Record)> records)
    {
        buffer = batch;
        foreach (var home in records.Select(record => record.Ledger).Distinct())
        {
            ledger = home;
            foreach (var (ofHome, record) in records) if (ofHome == home) packing.Add(record);
            packing.Pack(home.Next, this);
            packing.Clear();
        }
    }

    Span<byte> IRowTarget.Row(SubjectFamily family, in Digest subject, long position, int size)
    {
        Span<byte> key = stackalloc byte[Keys.RowSize];
        Keys.WriteRow(key, ledger.Prefix, family, subject, position);
        ledger.Grown.AddRow(family, subject);
        return buffer.Put(Family.Rows, key, size);
    }
}
