using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;

namespace CrossBorderSoc.Gateway.Intake;

/// <summary>What the ledger's refusals are called at the edge.</summary>
internal static class LedgerRefusals
{
    /// <summary>The refusal of a reason.</summary>
    public static Refusal Of(LedgerRefusal reason) => reason switch
    {
        LedgerRefusal.IdConflict => new("id", "ID_CONFLICT", "You used this identifier before, for other content."),
        LedgerRefusal.TooManyMarkings => new("marking", "TOO_MANY_MARKINGS",
            $"You have {Bounds.MarkingsPerOwnerMax} different combinations of marking, kind and observable types on one of the observables."),
        _ => throw new InvalidOperationException("BUG: a refusal of the ledger without a name."),
    };
}
