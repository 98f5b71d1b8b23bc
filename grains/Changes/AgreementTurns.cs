using System.Runtime.CompilerServices;
using CrossBorderSoc.Contracts.Policy;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>The instants at which agreements of a policy begin or end.</summary>
internal static class AgreementTurns
{
    private static readonly ConditionalWeakTable<PolicyHistory, long[]> Known = [];

    /// <summary>Whether one lies behind an instant and not behind another; Unix milliseconds UTC.</summary>
    public static bool Any(PolicyHistory history, long after, long through)
    {
        var turns = Known.GetValue(history, static policy =>
        [
            .. policy.Versions.SelectMany(version => version.Agreements)
                .SelectMany(agreement => new[] { agreement.ValidFrom, agreement.ValidUntil ?? agreement.ValidFrom }).Distinct().Order(),
        ]);
        var place = Array.BinarySearch(turns, after);
        var next = place >= 0 ? place + 1 : ~place;
        return next < turns.Length && turns[next] <= through;
    }
}
