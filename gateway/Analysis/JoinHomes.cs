using System.Runtime.CompilerServices;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Policy;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>
/// The homes that may know of assets and of what they join: those in which an organisation that takes part now ever was, since the hub knows
/// nothing of it (decision 0014), and nobody sees what others said. The same whatever is asked for, so that asking tells nothing.
/// </summary>
internal static class JoinHomes
{
    private static readonly ConditionalWeakTable<PolicyHistory, HomeList> Known = [];

    /// <summary>They, sorted, under a policy; none without one.</summary>
    public static IReadOnlyList<Home> Of(PolicyHistory? policy) => policy is null ? [] : Known.GetValue(policy, static history => new(
    [
        .. history.Versions.SelectMany(version => version.Organisations)
            .Where(organisation => history.Newest!.Find(organisation.Id) is not null).Select(organisation => organisation.Jurisdiction)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(code => new Home(code)),
    ])).Homes;

    private sealed record HomeList(IReadOnlyList<Home> Homes);
}
