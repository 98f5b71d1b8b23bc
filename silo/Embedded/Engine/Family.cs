namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>The column families: one per kind of data, shared by all homes (docs/decisions/0002).</summary>
internal enum Family
{
    /// <summary>Identities, owners, markings, also on observables, watermarks, documents, heads of ledgers whose newest record may be gone.</summary>
    Meta = 0,
    /// <summary>Ledger records by position.</summary>
    Ledger = 1,
    /// <summary>Identifiers by owner.</summary>
    Identifiers = 2,
    /// <summary>Rows by subject and position, and the index of what was last seen.</summary>
    Rows = 3,
    /// <summary>Snapshots by subject.</summary>
    Snapshots = 4,
}
