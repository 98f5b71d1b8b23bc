using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>A record that a group writes: what its rows need.</summary>
internal sealed record GroupRecord(
    HomeLedger Ledger, long Position, PreparedItem[] Items, ItemFate[] Fates, PreparedFragment[] Fragments,
    ReadOnlyMemory<byte> FragmentContent);
