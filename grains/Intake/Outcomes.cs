using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Intake;

/// <summary>Sums up what became of a batch's items.</summary>
internal static class Outcomes
{
    public static BatchOutcome Of(ItemFate[] fates)
    {
        var (accepted, duplicates) = (0, 0);
        List<RefusedItem>? refused = null;
        for (var i = 0; i < fates.Length; i++)
        {
            switch (fates[i])
            {
                case ItemFate.Accepted: accepted++; break;
                case ItemFate.Duplicate: duplicates++; break;
                case ItemFate.Conflict: (refused ??= []).Add(new(i, LedgerRefusal.IdConflict)); break;
                case ItemFate.TooManyMarkings: (refused ??= []).Add(new(i, LedgerRefusal.TooManyMarkings)); break;
                default: throw new InvalidOperationException("BUG: an unknown fate.");
            }
        }
        return new(accepted, duplicates, refused?.ToArray() ?? []);
    }
}
