using CrossBorderSoc.Contracts.Policy;

namespace CrossBorderSoc.Grains.Consortium;

/// <summary>
/// What a new version may not change. An organisation stays in its jurisdiction, also after it left and came back: its evidence
/// lies in that home, and an owner whose home is another one would be shown nothing of it.
/// </summary>
internal static class Continuity
{
    /// <summary>Compares what is to become the newest version with the history.</summary>
    /// <exception cref="ConsortiumInvalidException">An organisation would move; names each entry.</exception>
    public static void Check(PolicyHistory history, IEnumerable<Organisation> organisations)
    {
        var homes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var organisation in history.Versions.SelectMany(version => version.Organisations))
            homes[organisation.Id] = organisation.Jurisdiction;
        var errors = new ErrorList();
        foreach (var (index, organisation) in organisations.Index())
            if (homes.TryGetValue(organisation.Id, out var home) && home != organisation.Jurisdiction)
                errors.Add($"{ConsortiumFiles.OrganisationsFile}: entry {index} ('{organisation.Id}'): 'jurisdiction': "
                    + $"is {home} since an earlier version and cannot become {organisation.Jurisdiction}; "
                    + "an organisation that moves takes part under a new identifier");
        errors.ThrowIfAny();
    }
}
