using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Storage;

/// <summary>Whether records, read from the newest down, are of a home's releases beyond a position.</summary>
internal sealed class ReleaseSearch(Home source, Guid ledger, long beyond)
{
    /// <summary>The one that was looked for.</summary>
    public ReleaseRecord? Found { get; private set; }

    /// <summary>Looks at the next older record: whether to go on. What was dropped has no items, and before a release that ends sooner
    /// none goes beyond.</summary>
    public bool GoesOn(StoredRecord stored)
    {
        if (stored.Kind != RecordKind.Release || stored.Record.Items.Count == 0) return true;
        var (code, (identity, from, to)) = RecordFormat.ReadRelease(stored);
        if (code != source.Code || identity.Id != ledger) return true;
        if (to > beyond) Found = new(identity, from, to, stored.Record);
        return false;
    }
}
