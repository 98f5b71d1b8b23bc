using System.Text;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>What retention takes away, by key.</summary>
internal static class Retirement
{
    /// <summary>A subject's rows whose records all lie at or below a position, and which a snapshot holds.</summary>
    public static List<byte[]> Rows(
        Database database, uint prefix, SubjectFamily family, in Digest subject, long through, long snapshot)
    {
        var rows = new List<byte[]>();
        Span<byte> from = stackalloc byte[Keys.RowSize];
        Keys.WriteRow(from, prefix, family, subject, 0);
        database.Scan(Family.Rows, from[..Keys.SubjectSize], from, backwards: false, (key, value) =>
        {
            var row = RowFormat.Read(Keys.ReadTrailingPosition(key), value.ToArray());
            if (row.Position > snapshot || row.Fragments.Any(fragment => fragment.RecordPosition > through)) return false;
            rows.Add(key.ToArray());
            return true;
        });
        return rows;
    }

    /// <summary>The records up to a position, and the identifiers that they brought.</summary>
    public static (List<byte[]> Records, List<(string Owner, Guid Id)> Identifiers) Records(
        Database database, uint prefix, long through)
    {
        var records = new List<byte[]>();
        var identifiers = new List<(string, Guid)>();
        Span<byte> from = stackalloc byte[Keys.PositionSize];
        Keys.WritePosition(from, prefix, 0);
        database.Scan(Family.Ledger, from[..Keys.PrefixSize], from, backwards: false, (key, value) =>
        {
            var position = Keys.ReadTrailingPosition(key);
            if (position > through) return false;
            records.Add(key.ToArray());
            var record = RecordFormat.Read(position, value.ToArray());
            if (record.Kind == RecordKind.Release) return true;
            var owner = Encoding.UTF8.GetString(record.Origin.Span);
            identifiers.AddRange(RecordFormat.Ids(record).Select(id => (owner, id)));
            return true;
        });
        return (records, identifiers);
    }
}
